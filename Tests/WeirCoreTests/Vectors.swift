import WeirCore
import WeirSpecimens

/// Inputs at which streaming could go wrong. Made at run time; nothing here is a credential.
enum Vectors {
  /// What may stand before a credential.
  static let leftEdges: [[UInt8]] = [
    [], bytes(" "), bytes("\n"), bytes("\\n"), bytes("\\t"), bytes("\\r"), bytes("\\u0022"),
    bytes("%22"), bytes("=3D"), bytes("&quot;"), [0x1B] + bytes("[1;31m"), [0x1B] + bytes("[m"),
    bytes("\""), bytes("'"), bytes("="), bytes(":"), bytes("("), [0], [0xFF], [0xC3, 0xA9],
    bytes("\r\n"), bytes("\\x22"), bytes("\\012"), bytes("#011"), bytes("%2522"),
    bytes("\\u001b[32m"), bytes("\\x1b[0K"), bytes("#033[m"), bytes("\\033[1;31m"),
    bytes("\\e[0m"), bytes("^[[7m"), [0x1B] + bytes("[2K"), bytes("&#039;"), bytes("\\f"),
  ]

  /// What may stand between the sign of an assignment, or an option's name and a blank, and its value: quotes, their
  /// escapes, blanks, and another sign.
  static let assignmentEdges: [[UInt8]] = [
    [], bytes(" "), bytes("\\n"), bytes("\\t"), bytes("\\r"), bytes("\\u0022"), bytes("%22"),
    bytes("=3D"), bytes("%3D"), bytes("&quot;"), [0x1B] + bytes("[1;31m"), [0x1B] + bytes("[m"),
    bytes("\""), bytes("'"), bytes("="), bytes(":"), bytes(">"), bytes("\\\""), bytes("Bearer "),
    bytes("\\x22"), bytes("&#34;"), bytes("\\x3D"), bytes("%253D"), bytes("&gt;"), bytes("#011"),
  ]

  /// What may stand before a credential of this rule, behind what arms it.
  static func leftEdges(of rule: RuleDefinition) -> [[UInt8]] {
    // A judge asks for the quote before a value that ends in one: nothing stands between.
    if rule.judge != nil { return [[]] }
    if !rule.context.isEmpty || rule.isAssigned { return assignmentEdges }
    guard rule.isArmed else { return leftEdges }
    // It arms so many bytes, up to the end of its line, and nothing begins behind a byte of the same kind.
    let first = ((try? rule.shape.forms()) ?? []).reduce(ByteSet()) { $0.union($1.firstBytes) }
    return leftEdges.filter { edge in
      edge.count < rule.withinBytes && !edge.contains(0x0A)
        && edge.last.map { !first.contains($0) || edge.count > 1 } == true
    }
  }

  /// What may stand after one, whatever its alphabet.
  static let rightEdges: [[UInt8]] = [
    [], bytes("\n"), bytes("\r\n"), bytes("\""), bytes("'"), bytes("`"), bytes("&x=1"),
    bytes("\\n"),
    bytes("\\\""), bytes(" and"), [0], [0xFF, 0xFE], bytes(")\n"), bytes(".\n"), bytes("."),
    bytes(". Next"),
  ]

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// Every rule's specimens in edges that vary, and the known hard cases.
  static func all(seed: UInt64) -> [[UInt8]] {
    var maker = BuiltIn.maker(seed: seed)
    var result: [[UInt8]] = []
    // A part of the rules, another one for another seed: of all, every split would take an hour.
    for (index, rule) in BuiltIn.definitions.enumerated() where (index + Int(seed)) % 16 == 0 {
      for (turn, specimen) in maker.specimenOfEachForm(of: rule).prefix(4).enumerated() {
        let left = leftEdges[(index * 5 + turn * 3) % leftEdges.count]
        let right = rightEdges[(index * 7 + turn * 5) % rightEdges.count]
        // The edge stands before the credential; what arms it stands before that.
        let armed = specimen.embedded(after: bytes("log: "), before: right)
        result.append(armed.bytes)
        result.append(left + specimen.bytes + right)
      }
      result.append(maker.specimen(of: rule, length: .least).bytes)
    }
    result += keyBlocks(&maker) + hard(&maker)
    return result
  }

  static func keyBlocks(_ maker: inout SpecimenMaker) -> [[UInt8]] {
    var result: [[UInt8]] = []
    for dress in KeyDress.allCases {
      let block = maker.specimen(of: "pem.private-key").dressed(dress)
      result.append(bytes("key: \"") + block.bytes + bytes("\"\nnext line\n"))
      // Unfinished: no END line, prose instead.
      result.append(Array(block.bytes.dropLast(40)) + bytes("\nand then some words of prose\n"))
      result.append(Array(block.bytes.dropLast(29)))
    }
    return result
  }

  /// Overlapping, nested and adjacent secrets; bytes that are no text.
  static func hard(_ maker: inout SpecimenMaker) -> [[UInt8]] {
    let token = maker.specimen(of: "github.personal-token").bytes
    let block = maker.specimen(of: "pem.private-key").bytes
    let jwt = maker.specimen(of: "jwt.signed").bytes
    let project = maker.specimen(of: "openai.project-key").bytes
    let oauth = maker.specimen(of: "google.oauth-token").bytes
    let longOAuth = maker.specimen(of: "google.oauth-token", length: .pastHold).bytes
    return [
      token + token, token + bytes("\n") + token + bytes("\n"), token + bytes("-") + token,
      bytes("sk-proj-") + block, project + block, oauth + bytes("-") + token + bytes(" x"),
      longOAuth + bytes("\n") + token, longOAuth, longOAuth + bytes(".") + longOAuth,
      bytes("https://user:") + token + bytes("@host/"), jwt + bytes(".") + jwt, jwt + block,
      bytes("a") + token, Array(token.dropLast()), [0, 0, 0xFF] + token + [0, 0xC3],
      bytes("cohere_key = \"") + jwt + bytes("\"\n"),
      bytes("https://u:ya29.") + token + bytes("@h"),
      block + block, bytes("-----BEGIN ") + block, bytes("WEIR_REDACTED_") + token,
      token + bytes("WEIR_REDACTED"), bytes("eyJhbGciOi") + jwt,
    ]
  }
}
