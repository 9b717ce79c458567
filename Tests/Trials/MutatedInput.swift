public import WeirCore
public import WeirSpecimens

/// Small inputs that are nearly findings: specimens spliced, flipped, cut, doubled, glued, masked.
public struct MutatedInput: Sendable {
  public var maker: SpecimenMaker
  private let literals: [[UInt8]]
  private let mostMutations: Int

  public init(rules: [RuleDefinition], seed: UInt64, mostMutations: Int = 3) {
    self.mostMutations = mostMutations
    maker = SpecimenMaker(rules: rules, seed: seed)
    var literals: [[UInt8]] = []
    for form in rules.flatMap({ (try? $0.shape.forms()) ?? [] }) {
      for case .literal(let bytes, _) in form.elements { literals.append(bytes) }
    }
    literals += rules.flatMap { $0.context + $0.cue }.map { Array($0.utf8) }
    self.literals = literals
  }

  private static let connectors: [[UInt8]] = [
    "", "", "\n", " ", "\"", ".", "-", "_", "=", ": ", "\\n", "%0A", "=3D", "&quot;", "&", "@",
    "://",
    ":", "/", "x", "0", "''", "\r\n", "WEIR_REDACTED", "WEIR_REDACTED_", "WEIR_REDACTED_jwt.signed",
    "********", "*******", " --token ", "api_key = \"", "Bearer ", "key: ", "\\", "\\u0041", "+",
    ",",
    "wallet ", "cohere=", "aws_secret: ", "https://u:", "\0", "....", "-----END ", "-----",
    "\\/", "abc\n", "abc ", "Version: 1\n", "Proc-Type: 4\\n", "A-b:", "-----END KEY-----",
    "mnemonic: ", "seed_phrase\n", " 2. ", "\", \"", "\n3) ", "abandon ", "\\\\n", "\\\n", "\t",
    String(repeating: " ", count: 254), "key\\r\\n", "\\x22", "\\x3d", "#011", "#012", "\\012",
    "\\u001b[1m",
    "#033[0m", "^[[K", "%252", "%2B", "\\u002b", "\\u000a", "&#10;", "&#x2b;", "&#34;", "&gt;",
    "\\e[",
  ].map { Array($0.utf8) }

  public mutating func next() -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0...maker.random.below(4) {
      bytes += piece() + maker.random.pick(Self.connectors)
    }
    if maker.random.below(6) == 0 {
      // Encoded as a whole, or behind and before other text.
      bytes = maker.random.pick(EncodedDress.allCases).encoded(bytes)
      bytes = maker.random.pick(Self.connectors) + bytes + maker.random.pick(Self.connectors)
    }
    for _ in 0..<maker.random.below(mostMutations + 1) { mutate(&bytes) }
    return bytes
  }

  /// Another input near this one.
  public mutating func mutated(_ input: [UInt8]) -> [UInt8] {
    var bytes = input
    for _ in 0...maker.random.below(mostMutations) { mutate(&bytes) }
    if maker.random.below(4) == 0 {
      bytes += maker.random.pick(Self.connectors) + piece()
    }
    return bytes
  }

  private mutating func piece() -> [UInt8] {
    let rule = maker.random.pick(maker.rules)
    switch maker.random.below(10) {
    case 0: return maker.random.pick(literals)
    case 1:
      let literal = maker.random.pick(literals)
      return Array(repeatElement(literal, count: 1 + maker.random.below(6)).joined())
    case 2:
      let bare = maker.specimen(of: rule).bare.bytes
      guard maker.random.below(3) == 0 else { return bare }
      let before = maker.random.pick(Self.connectors)
      return maker.random.pick(EncodedDress.allCases).encoded(before + bare)
    case 3:
      let whole = maker.specimen(of: rule).bytes
      return Array(whole.prefix(maker.random.below(whole.count + 1)))
    case 4:
      let misses = maker.nearMisses(of: rule)
      return misses.isEmpty ? [] : maker.random.pick(misses).bytes
    case 5:
      return maker.random.bytes(Array(0x20...0x7E) + [0x0A, 0x0A], count: maker.random.below(90))
    case 6:
      // One inside another, with or without what it needs around it.
      var outer = maker.specimen(of: rule).bytes
      let inner = maker.specimen(of: maker.random.pick(maker.rules)).bytes
      let gap = maker.random.pick(["", "-", ".", "\n", "%0A"])
      outer.insert(contentsOf: Array(gap.utf8) + inner, at: maker.random.below(outer.count + 1))
      return outer
    default:
      let length: RunLength =
        maker.random.below(40) == 0
        ? .pastHold : maker.random.pick([.any, .any, .least, .greatest])
      let specimen = maker.specimen(of: rule, length: length)
      let isBlock = specimen.bytes.starts(with: Array("-----BEGIN ".utf8))
      return isBlock ? specimen.dressed(maker.random.pick(KeyDress.allCases)).bytes : specimen.bytes
    }
  }

  private mutating func mutate(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let place = maker.random.below(bytes.count)
    let other = maker.random.below(bytes.count)
    switch maker.random.below(9) {
    case 7:
      // What redaction leaves, and half of it.
      let mask = maker.random.pick([
        Array("WEIR_REDACTED_\(maker.random.pick(maker.rules).id)".utf8), MaskText.head,
        [UInt8](repeating: UInt8(ascii: "*"), count: 8 + maker.random.below(3)),
      ])
      let half = mask.prefix(maker.random.pick([mask.count, maker.random.below(mask.count + 1)]))
      bytes.insert(contentsOf: half, at: place)
    case 8: bytes.insert(contentsOf: piece(), at: place)
    case 0: bytes[place] = UInt8(truncatingIfNeeded: maker.random.next())
    case 1: bytes[place] = maker.random.pick(Array("aZ0_-./+=\n \"\\*%".utf8))
    case 2: bytes.remove(at: place)
    case 3: bytes.removeSubrange(min(place, other)..<min(max(place, other), min(place, other) + 40))
    case 4:
      bytes.insert(contentsOf: bytes[min(place, other)..<max(place, other)].prefix(60), at: other)
    case 5: bytes.insert(contentsOf: maker.random.pick(Self.connectors), at: place)
    default: bytes.insert(contentsOf: maker.random.pick(literals), at: place)
    }
  }
}
