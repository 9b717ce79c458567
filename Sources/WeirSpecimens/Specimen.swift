internal import WeirCore

/// A synthetic credential of a rule, with the text that arms the rule if it needs one.
public struct Specimen: Equatable, Sendable {
  public var ruleID: String
  public var bytes: [UInt8]
  /// Where the form stands.
  public var form: Range<Int>
  /// Where the secret stands.
  public var secret: Range<Int>

  public init(ruleID: String, bytes: [UInt8], form: Range<Int>, secret: Range<Int>) {
    self.ruleID = ruleID
    self.bytes = bytes
    self.form = form
    self.secret = secret
  }

  /// A form that is a secret as a whole.
  init(_ bytes: [UInt8], of rule: RuleDefinition) {
    self.init(ruleID: rule.id, bytes: bytes, form: 0..<bytes.count, secret: 0..<bytes.count)
  }

  /// The form alone, without what arms it.
  public var bare: Specimen {
    Specimen(
      ruleID: ruleID, bytes: Array(bytes[form]), form: 0..<form.count,
      secret: secret.lowerBound - form.lowerBound..<secret.upperBound - form.lowerBound)
  }

  /// The same behind and before other bytes.
  public func embedded(after before: [UInt8], before after: [UInt8] = []) -> Specimen {
    let shift = before.count
    return Specimen(
      ruleID: ruleID, bytes: before + bytes + after,
      form: form.lowerBound + shift..<form.upperBound + shift,
      secret: secret.lowerBound + shift..<secret.upperBound + shift)
  }
}

/// What its own rule must not report, although little is missing.
public struct NearMiss: Equatable, Sendable {
  public enum Reason: String, Sendable, CaseIterable {
    case wrongChecksum = "wrong checksum"
    case oneByteShort = "one byte short"
    case oneByteLong = "one byte long"
    case wrongByte = "wrong byte in the middle"
    case gluedToWord = "glued to a word"
    case unarmed = "not armed"
    case unsigned = "a token without an algorithm"
    case shortBody = "a key block of too few bytes"
    case wordShort = "a phrase without its last word"
    case wrongWord = "a phrase whose last word breaks the checksum"
    case foreignWord = "a phrase with a word of no list"
  }

  public var ruleID: String
  public var bytes: [UInt8]
  public var why: Reason
}

/// How long the runs of a specimen are.
public enum RunLength: Sendable, CaseIterable {
  /// Anything from the least length to somewhat more.
  case any
  case least
  case greatest
  /// Open runs grow past the 4,096 bytes that are held.
  case pastHold
}
