internal import Oracle
internal import WeirCore
internal import WeirSpecimens

/// Any small set of rules over a few letters, and any input of these letters at any split: what the oracle says.
enum TinyRulesTrial: Trial {
  private static let mostInputTokens = 60

  static func failure(of bytes: [UInt8]) throws -> String? {
    let setup = TinySetup(bytes)
    let catalogue: Catalogue
    do {
      catalogue = try Catalogue(
        compiling: setup.rules(), holdBytes: setup.holdBytes, nouns: setup.nouns)
    } catch is ShapeError {
      return nil
    } catch let error as CatalogueError {
      guard case .rule = error else { return "refused by \(error)" }
      return nil
    }
    let oracle = Oracle(
      rules: try setup.rules(), policy: setup.policy, holdBytes: setup.holdBytes,
      nouns: setup.nouns)
    return try disagreement(
      of: setup.input, cutInto: setup.chunks, policy: setup.policy, oracle: oracle,
      catalogue: catalogue)
  }

  static func description(of bytes: [UInt8]) -> String { TinySetup(bytes).description }

  static func bytes(seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return (0..<40 + random.below(80)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  static func mutated(_ bytes: [UInt8], seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    var bytes = bytes
    for _ in 0...random.below(3) {
      let place = random.below(bytes.count + 1)
      switch random.below(4) {
      case 0 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 1 where place < bytes.count: bytes[place] &+= UInt8(random.below(3)) &- 1
      case 2 where place < bytes.count: bytes.remove(at: place)
      case 3:
        let other = random.below(bytes.count + 1)
        let copy = bytes[min(place, other)..<max(place, other)].prefix(20)
        bytes.insert(contentsOf: Array(copy), at: place)
      default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
      }
    }
    return bytes
  }
}

/// Rules, an input and its cuts, all drawn from bytes.
struct TinySetup: CustomStringConvertible {
  private struct Line {
    var id: String
    var shape: String
    var specificity: Specificity
    var context: [String]
    var cue: [String]
    var isAssigned: Bool
    var crossesLines: Bool
    var pair: String?
    var within: Int
  }

  /// What names end with.
  let nouns = ["a", "bb"]
  let holdBytes: Int
  let policy: Policy
  private(set) var input: [UInt8] = []
  private(set) var chunks: [ArraySlice<UInt8>] = []
  private var lines: [Line] = []

  /// Letters that mean something: word bytes, edges, a sentence's dot, signs, a dash, a line feed.
  private static let alphabets = ["ab-", "a-.", "a=.", "ab\n", "aA-=", "a.\"", "ab% ", "a=- "]
  /// Longer words of the input: masks, escapes, assignments.
  private static let words = [
    "WEIR_REDACTED", "********", "*******", "%0A", "\\n", "\\u003d", "--a ", "WEIR_REDACTED_t.a",
    "&quot;", "aaa", "a=", "bb: ", "-bb ", "aa_b", "WEIR_", "\u{1B}[1m", "Bearer ", "%3D",
    "\\x3d", "#011", "\\u001b[1m", "%2522", "&#34;", "&gt;", "\\e[a", "\\0",
  ]

  init(_ bytes: [UInt8]) {
    var choices = Choices(bytes)
    let letters = Array(choices.pick(Self.alphabets))
    holdBytes = choices.pick([4096, 6, 8, 12, 16])
    // One byte: how much is kept, and in a quarter of all whether each rule is asked for.
    let asked = choices.below(256)
    var policy = asked % 2 == 0 ? Policy.redact : .scan
    if asked >= 192 { policy.reported = RuleSet((0..<4).filter { asked >> ($0 + 1) & 1 == 1 }) }
    self.policy = policy
    for index in 0...choices.below(4) {
      lines.append(Self.line("t.\("abcd".dropFirst(index).prefix(1))", letters, &choices))
    }
    let most = choices.pick([1, 2, 5, 100])
    var ends: [Int] = []
    for _ in 0..<1 + choices.below(60) {
      // Letters mostly; now and then what the rules look for.
      let kind = choices.below(16)
      switch kind {
      case 0: input += choices.pick(Self.words).utf8
      case 1, 2: input += choices.pick(lines.flatMap { $0.cue + $0.context } + ["aaa"]).utf8
      case 3, 4:
        let literals = choices.pick(lines).shape.split(separator: "'")
        input += choices.pick(literals.filter { $0.allSatisfy(letters.contains) } + ["a"]).utf8
      default: input += String(choices.pick(letters)).utf8
      }
    }
    var place = 0
    while place < input.count {
      place = min(place + (most == 1 ? 1 : choices.below(most + 1)), input.count)
      ends.append(place)
      if ends.count > 4 * input.count { break }
    }
    var start = 0
    for end in ends where end >= start {
      chunks.append(input[start..<end])
      start = end
    }
    if start < input.count { chunks.append(input[start...]) }
  }

  private static func line(
    _ id: String, _ letters: [Character], _ choices: inout Choices
  ) -> Line {
    func word(_ counts: [Int]) -> String {
      String((0..<choices.pick(counts)).map { _ in choices.pick(letters) })
    }
    func set() -> String {
      let members = letters.filter { $0 != "\n" && choices.below(3) > 0 }
      let text = (members.isEmpty ? [letters[0]] : members).map {
        "-)\\".contains($0) ? "\\\($0)" : String($0)
      }
      return "set(\(text.joined()))"
    }
    func run() -> String {
      set() + choices.pick(["", "{1,2}", "{2}", "{2,4}", "{1,3}", "{3}", "{0,2}", "{2,3}"])
    }
    // A word of a context is of letters.
    func name() -> String { choices.pick(["aaa", "aba", "a aa", "ab a", "aa b b"]) }
    let arming = choices.below(7)
    var parts: [String] = []
    if arming < 3 {
      let caseless = choices.isOne(of: 5) ? "i" : ""
      let head = word([3, 3, 3, 4, 5])
      parts.append("\(caseless)'\(head)'")
      switch choices.below(8) {
      case 1: parts[0] = "(\(parts[0]) | i'\(head)' \(run()))"
      case 2: parts[0] = "(\(parts[0]) | '\(head)' '\(word([1, 2]))' | '\(word([3]))')"
      case 3: parts[0] += " '\(String(repeating: word([2, 3]), count: 16))'"
      default: break
      }
      if choices.isOne(of: 6) { parts.insert("\(set()){2}", at: 0) }
    }
    for _ in 0..<choices.below(3) {
      parts.append(choices.isOne(of: 3) ? "'\(word([1, 2, 4]))'" : run())
      if choices.isOne(of: 5) { parts[parts.count - 1] += "?" }
    }
    switch choices.below(5) {
    case 0: parts.append(set() + choices.pick(["{2,}", "{1,}", "{3,}", "{4,}"]))
    case 1: parts.append("'\(word([1, 2]))'")
    case 2: parts.append("('\(word([1, 2]))' | \(run()))")
    default: parts.append(run())
    }
    if choices.isOne(of: 3), parts.count > 1 {
      let place = 1 + choices.below(parts.count - 1)
      parts[place] = "secret:" + parts[place]
    }
    return Line(
      id: id, shape: parts.joined(separator: " "),
      specificity: choices.pick([.provider, .context, .generic]),
      context: arming == 6 ? [name()] : [], cue: arming == 3 || arming == 4 ? [word([3, 4])] : [],
      isAssigned: arming == 3,
      crossesLines: (arming == 3 || arming == 4) && choices.isOne(of: 3),
      pair: arming == 5 ? choices.pick(["t.a", "t.b"]) : nil,
      within: choices.pick([1, 2, 4, 8, 64]))
  }

  func rules() throws -> [RuleDefinition] {
    try lines.map {
      try TestRule.make(
        $0.id, $0.shape, specificity: $0.specificity, context: $0.context, cue: $0.cue,
        isAssigned: $0.isAssigned, crossesLines: $0.crossesLines, pair: $0.pair,
        within: $0.within)
    }
  }

  private var reportedText: String {
    guard let reported = policy.reported else { return "" }
    return " of " + lines.indices.filter(reported.contains).map { lines[$0].id }.description
  }

  var description: String {
    let rules = lines.map { line in
      """
      \(line.id) (\(line.specificity)): \(line.shape.replacing("\n", with: "\\n")) \
      context \(line.context) cue \(line.cue)\(line.isAssigned ? " assigned" : "")\(line.crossesLines ? " lines" : "") pair \(line.pair ?? "-") within \(line.within)
      """
    }
    return """
      \(rules.joined(separator: "\n"))
      hold: \(holdBytes), \(policy.keepsRefuted ? "redact" : "scan")\(reportedText)
      cut at: \(chunks.map(\.startIndex))
      input:  \(shown(input))
      """
  }
}
