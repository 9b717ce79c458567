/// Rules in words are a target of their own: who reads rule files has both.
@_exported public import WeirReference
