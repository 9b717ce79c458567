/// What programs, templates and settings write where a value could stand: calls, members, variables, types, tags.
enum Expression {
  static func isAny(
    _ value: UnsafeRawBufferPointer, _ traits: ValueTraits, name: CredentialName, next: UInt8?
  ) -> Bool {
    if traits.isMemberPath || isHost(value) || isVariable(value) || isJoined(value) { return true }
    if isRole(value, name: name) { return true }
    guard name.quote == nil else { return false }
    if next == UInt8(ascii: "(") || next == UInt8(ascii: "[") { return true }
    if traits.isHexNumber || isPerl(value, next: next) || isType(value) || isTag(value) {
      return true
    }
    // With room around the sign: a name of the program, unless it could be none.
    return name.isSpaced && traits.isIdentifier && !traits.isRandom
  }

  /// `$self->…` and `$Config::name` of Perl and PHP; a value holds no `>`.
  private static func isPerl(_ value: UnsafeRawBufferPointer, next: UInt8?) -> Bool {
    guard value[0] == UInt8(ascii: "$") else { return false }
    let isArrow = value[value.count - 1] == UInt8(ascii: "-") && next == UInt8(ascii: ">")
    return isArrow || doubleColon.isAny(in: value)
  }

  private static let doubleColon = PartFinder(["::"])

  /// What stands behind a name in a template of a URL: `<password>@host`, `<password>@host.example/path`.
  private static func isHost(_ value: UnsafeRawBufferPointer) -> Bool {
    guard value[0] == UInt8(ascii: "@") else { return false }
    let rest = value.dropFirst()
    let host = rest.prefix { Edge.isWord($0) || $0 == 0x2D || $0 == 0x2E }
    if host.count == rest.count { return true }
    return host.contains(UInt8(ascii: ".")) && rest[host.endIndex] == UInt8(ascii: "/")
  }

  /// `$smtpPassword`, also in the quotes of a language that fills it in. Of small letters alone it is a placeholder of all rules.
  private static func isVariable(_ value: UnsafeRawBufferPointer) -> Bool {
    guard value[0] == UInt8(ascii: "$") else { return false }
    let isName = value.dropFirst().allSatisfy { WordPairs.isLetter($0) || $0 == 0x5F }
    return isName && NameParts(value).isCompound
  }

  /// Between two strings that are joined: `':'.$parts['pass']`.
  private static func isJoined(_ value: UnsafeRawBufferPointer) -> Bool {
    value[0] == UInt8(ascii: ".") && value[1] == UInt8(ascii: "$")
  }

  /// The target of a role in a page of documentation: ``pass :data:`~app.current` ``.
  private static func isRole(_ value: UnsafeRawBufferPointer, name: CredentialName) -> Bool {
    name.quote == UInt8(ascii: "`") && value[0] == UInt8(ascii: "~")
  }

  /// A type that may be missing or must not, or a member that is asked: `?string`, `String!`, `Helper.mac?`.
  private static func isType(_ value: UnsafeRawBufferPointer) -> Bool {
    var name = value
    if signs.contains(name[0]) { name = UnsafeRawBufferPointer(rebasing: name.dropFirst()) }
    if signs.contains(name[name.count - 1]) {
      name = UnsafeRawBufferPointer(rebasing: name.dropLast())
    }
    guard name.count < value.count else { return false }
    return types.contains(ShortWord(name)) || ValueTraits(name).isMemberPath
  }

  private static let signs = ByteSet("?!|")
  private static let types: ShortWordSet = [
    "string", "str", "text", "char", "int", "integer", "number", "bool", "boolean", "bytes", "data",
    "date", "id", "uuid", "any", "object", "true", "false", "nil", "null", "secretstring",
  ]

  /// A tag of YAML: `!vault`, `!Ref`, `!!binary`.
  private static func isTag(_ value: UnsafeRawBufferPointer) -> Bool {
    value[0] == UInt8(ascii: "!")
      && value.dropFirst().allSatisfy { WordPairs.isLetter($0) || $0 == UInt8(ascii: "!") }
  }
}
