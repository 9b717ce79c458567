internal import WeirCore

/// A place in a dress where a credential may stand, and how it is written there.
///
/// **Which credential stands where** is one rule, and no list of rules: a credential stands in a slot if
/// - the slot's syntax has all its bytes as they are: none is put where it would have to be escaped (a blank in a query, a quote in JSON);
/// - it is on one line, or the slot has room for several: a file, and text between lines. A line with a head of its own (of an access log, a container, a build) has none. The ends of lines inside key blocks and phrases
///   are written as the slot says (`\\n` in JSON), for those are the rules that know them escaped; nothing else of several lines is written with escapes;
/// - what must stand before it can: a name before what counts behind a name only, prose before a cue that is none;
/// - it is all secret, where the slot takes no addresses (the token of a header, the user's part of a URL).
struct Slot: Sendable {
  enum Naming: Sendable { case none, snake, capitals, camel, kebab, dotted, header }

  /// The bytes that stand for themselves.
  var allowed: ByteSet
  /// How an end of line inside a credential is written; nil where none can be.
  var lineEnd: String?
  var naming: Naming
  /// Before the name, between it and the value, and behind the value.
  var open: String = ""
  var sign: String = ""
  var close: String = ""
  /// Between two assignments.
  var joint: String = " "
  var isQuoted = false
  /// Prose: what needs no name may stand without one, and what needs a cue behind that.
  var isText = false
  /// Only a secret stands there, and no address or header that holds one.
  var isForSecrets = false
  /// Only what has several lines stands there.
  var isForLines = false

  func fits(_ credential: Credential) -> Bool {
    if credential.isQuoted, !isQuoted { return false }
    if isForSecrets, !credential.isWhole { return false }
    if isForLines, !credential.form.contains(where: { $0 < 0x20 }) { return false }
    switch credential.introduction {
    case .none: break
    case .name: if naming == .none { return false }
    case .cue(_, let inProse, let asName):
      if naming == .none || !(isText && inProse) && !asName { return false }
    case .pair(let first): if naming == .none || !fits(first.credential) { return false }
    }
    guard credential.lead.utf8.allSatisfy(allowed.contains) else { return false }
    return credential.form.allSatisfy { byte in
      allowed.contains(byte) || byte == 0x0A && credential.isBreakable && lineEnd != nil
    }
  }
}

extension ByteSet {
  fileprivate static let printable = ByteSet(0x20...0x7E)
  fileprivate static let inJSON = printable.subtracting(ByteSet("\"\\"))
  /// Of a query what clients leave as it is (RFC 3986), and what ends a value.
  fileprivate static let inQuery = Alphabet.named["base62"]!.union(ByteSet("-._~:/?@!$'()*,;="))
  fileprivate static let inShell = Alphabet.named["base62"]!.union(ByteSet("-._:/@%+=,^"))
  fileprivate static let inFile = printable.subtracting(ByteSet(" \"'`\\$#"))
  fileprivate static let inHeader = printable.subtracting(ByteSet(" \"\\,;"))
}

// The slots that dresses share.
extension Slot {
  static let query = Slot(
    allowed: .inQuery, naming: .snake, sign: "=", joint: "&")
  /// `Authorization: Bearer`, or the user's part of a URL: what needs no name.
  static let bearer = Slot(
    allowed: .inHeader, naming: .none, open: "Authorization: Bearer ", isForSecrets: true)
  static let header = Slot(allowed: .inHeader, naming: .header, sign: ": ", joint: ", ")
  static let userinfo = Slot(
    allowed: Alphabet.named["base62"]!.union(ByteSet("-._~")), naming: .none,
    open: "https://x-access-token:", close: "@git.example.net/", isForSecrets: true)

  static let text = Slot(allowed: .printable, naming: .snake, sign: "=", isText: true)
  static let said = Slot(allowed: .printable, naming: .snake, sign: ": ", isText: true)
  /// Text of which every line is its own.
  static let lines = Slot(
    allowed: .printable, lineEnd: "\n", naming: .snake, sign: "=", isText: true)
  /// A file of nothing else: what is no line anywhere, such as the key stores of wallets.
  static let file = Slot(
    allowed: .printable.union(ByteSet("\t\r\n")), lineEnd: "\n", naming: .snake, sign: " = ",
    isText: true, isForLines: true)
  static let option = Slot(
    allowed: .inShell, naming: .kebab, open: "--", sign: " ", joint: " --")

  static let member = Slot(
    allowed: .inJSON, lineEnd: "\\n", naming: .camel, open: "\"", sign: "\":\"", close: "\"",
    joint: ",", isQuoted: true)
  static let spacedMember = Slot(
    allowed: .inJSON, lineEnd: "\\n", naming: .snake, open: "\"", sign: "\": \"", close: "\"",
    joint: ", ", isQuoted: true)
  /// A member of JSON that is a string of JSON.
  static let innerMember = Slot(
    allowed: .inJSON, lineEnd: "\\\\n", naming: .snake, open: "\\\"", sign: "\\\":\\\"",
    close: "\\\"", joint: ",", isQuoted: true)
  static let jsonText = Slot(
    allowed: .inJSON, lineEnd: "\\n", naming: .snake, sign: "=", isText: true)
  static let jsonSaid = Slot(
    allowed: .inJSON, lineEnd: "\\n", naming: .snake, sign: ": ", isText: true)
  /// A line of a file or of a shell, in JSON.
  static let jsonLine = Slot(
    allowed: .inFile, naming: .capitals, open: "\\n", sign: "=", close: "\\n", joint: "\\n")
  static let jsonHeader = Slot(
    allowed: .inHeader, naming: .header, open: "\\r\\n", sign: ": ", close: "\\r\\n",
    joint: "\\r\\n")
  static let jsonQuotedLine = Slot(
    allowed: .inJSON.subtracting(ByteSet("$`")), lineEnd: "\\n", naming: .capitals,
    open: "\\nexport ", sign: "=\\\"", close: "\\\"\\n", joint: "\\n", isQuoted: true)

  static let variable = Slot(
    allowed: .inFile, naming: .capitals, sign: "=", joint: "\n")
  static let quotedVariable = Slot(
    allowed: .inJSON.subtracting(ByteSet("$`")), lineEnd: "\n", naming: .capitals, sign: "=\"",
    close: "\"", joint: "\n", isQuoted: true)
  static let export = Slot(
    allowed: .inShell, naming: .capitals, open: "export ", sign: "=", joint: "\n")
  static let quotedExport = Slot(
    allowed: .printable.subtracting(ByteSet("'")), lineEnd: "\n", naming: .capitals,
    open: "export ", sign: "='", close: "'", joint: "\n", isQuoted: true)
  static let yaml = Slot(
    allowed: .inShell.subtracting(ByteSet("@%,")), naming: .snake, open: "  ", sign: ": ",
    joint: "\n  ")
  static let quotedYAML = Slot(
    allowed: .inJSON, naming: .camel, open: "  ", sign: ": \"", close: "\"", joint: "\n",
    isQuoted: true)
  static let blockYAML = Slot(
    allowed: .printable, lineEnd: "\n    ", naming: .snake, open: "  ", sign: ": |\n    ",
    joint: "\n", isForLines: true)
  static let property = Slot(
    allowed: .inFile.subtracting(ByteSet(":!")), naming: .dotted, sign: "=", joint: "\n")
  static let code = Slot(
    allowed: .inJSON, lineEnd: "\\n", naming: .snake, sign: " = \"", close: "\"", joint: "\n",
    isQuoted: true)
  static let singleCode = Slot(
    allowed: .printable.subtracting(ByteSet("'\\")), lineEnd: "\\n", naming: .camel,
    open: "  const ", sign: " = '", close: "';", joint: "\n", isQuoted: true)
  static let minified = Slot(
    allowed: .inJSON, lineEnd: "\\n", naming: .camel, sign: ":\"", close: "\"", joint: ",",
    isQuoted: true)
  static let minifiedVariable = Slot(
    allowed: .inJSON, lineEnd: "\\n", naming: .camel, sign: "=\"", close: "\"", joint: ",",
    isQuoted: true)

  /// The same in the lines that a diff adds.
  var added: Slot {
    var slot = self
    func added(_ text: String) -> String { text.replacing("\n", with: "\n+") }
    slot.lineEnd = lineEnd.map(added)
    slot.open = added(open)
    slot.sign = added(sign)
    slot.joint = added(joint)
    return slot
  }
}
