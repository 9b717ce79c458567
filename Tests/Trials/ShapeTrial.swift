internal import WeirCore
internal import WeirSpecimens

/// Any text makes a shape or an error inside it; a shape makes a catalogue or is refused by name, and what it makes can scan.
enum ShapeTrial: Trial {
  private static let id = "t.rule"

  static func failure(of bytes: [UInt8]) throws -> String? {
    let text = String(decoding: bytes, as: UTF8.self)
    let shape: Shape
    let forms: [Form]
    do {
      shape = try ShapeParser.parse(text)
      forms = try shape.forms()
    } catch {
      guard (0...text.utf8.count).contains(error.offset), !error.expected.isEmpty else {
        return "the error is at \(error.offset) of \(text.utf8.count) bytes"
      }
      return nil
    }
    guard (1...64).contains(forms.count) else { return "\(forms.count) forms" }
    for form in forms where form.elements.isEmpty || form.elements.count > 16 {
      return "a form of \(form.elements.count) elements"
    }
    // By its own anchor, and armed.
    for cue in [[], ["cue"]] {
      var rule = try TestRule.make(id, "'abc'", cue: cue)
      rule.shapeText = text
      rule.shape = shape
      do {
        let catalogue = try Catalogue(compiling: [rule])
        let input = [0x63, 0x75, 0x65, 0x20] + bytes + [0x0A] + bytes
        let whole = try scan(input, catalogue: catalogue)
        let cut = try scan(input.indices.map { input[$0..<$0 + 1] }, catalogue: catalogue)
        if whole != cut { return "whole: \(whole.findings)\ncut: \(cut.findings)" }
      } catch let error as CatalogueError {
        switch error {
        case .rule(id, _), .tooManyAlphabets, .tooManyRules: break
        default: return "refused by \(error)"
        }
      }
    }
    return nil
  }

  static func description(of bytes: [UInt8]) -> String { "shape: \(shown(bytes))" }

  static func bytes(seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    var text = random.pick(BuiltIn.definitions.map(\.shapeText) + words)
    if random.below(2) == 0 { text = Self.text(&random, depth: 3) }
    let bytes = Array(text.utf8)
    return random.below(3) == 0 ? bytes : mutated(bytes, seed: random.next())
  }

  static func mutated(_ bytes: [UInt8], seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return TextMutation.mutated(bytes, words: words, random: &random)
  }

  static let words: [String] =
    Alphabet.named.keys.sorted() + [
      "'abc'", "i'Ab'", "set(a-z)", "set(", "\\x", "\\x4", "\\x+1", "\\'", "uuid", "jwt",
      "key-block", "secret:", "body:", "{", "}", "{3}", "{0,3}", "{2,}", "{4096}", "{4096,}",
      "{4097}", "{99999999999999999999}", "{0}", "(", ")", "?", "|", " ", "\n", "'", "-", ":",
      "(((((((((", "'\\xff'", "'\u{e9}'", "set(\\x00-\\xff){3,}",
    ]

  /// A shape by its grammar.
  private static func text(_ random: inout SplitMix64, depth: Int) -> String {
    let sequences = (0...random.below(2)).map { _ in
      (0...random.below(5)).map { _ in segment(&random, depth: depth) }.joined(separator: " ")
    }
    return sequences.joined(separator: " | ")
  }

  private static func segment(_ random: inout SplitMix64, depth: Int) -> String {
    let name = random.below(6) == 0 ? random.pick(["secret:", "a:", "b-1:"]) : ""
    let lengths = random.pick([
      "", "{1}", "{3}", "{0,2}", "{2,5}", "{3,}", "{1,4096}", "{20}", "{4096,}",
      "{\(random.below(5000))}",
    ])
    let count = random.pick([1, 2, 3, 3, 4, 9, 60, 300])
    let literal = String(
      decoding: random.bytes(Array("abcABC-_=.0".utf8), count: count), as: UTF8.self)
    let atom =
      switch random.below(depth > 0 ? 9 : 8) {
      case 0...2: "'\(literal)'"
      case 3: "i'\(literal)'"
      case 4, 5: random.pick(Alphabet.named.keys.sorted()) + lengths
      case 6: "set(a-c.\\-)\(lengths)"
      case 7: random.pick(["uuid", "jwt", "key-block", "'-----BEGIN '"])
      default: "(\(text(&random, depth: depth - 1)))"
      }
    return name + atom + random.pick(["", "", "?"])
  }
}

/// Text spliced, cut, doubled, and sprinkled with words of its language.
enum TextMutation {
  static func mutated(
    _ bytes: [UInt8], words: [String], random: inout SplitMix64
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.below(3) {
      let place = random.below(bytes.count + 1)
      let other = random.below(bytes.count + 1)
      let range = min(place, other)..<max(place, other)
      switch random.below(6) {
      case 0 where !range.isEmpty:
        bytes.removeSubrange(range.prefix(40).startIndex..<range.prefix(40).endIndex)
      case 1: bytes.insert(contentsOf: Array(bytes[range].prefix(200)), at: other)
      case 2 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 3:
        let word = Array(random.pick(words).utf8)
        bytes.insert(
          contentsOf: repeatElement(word, count: random.pick([1, 1, 2, 70])).joined(), at: place)
      case 4 where place < bytes.count: bytes.remove(at: place)
      default: bytes.insert(contentsOf: Array(random.pick(words).utf8), at: place)
      }
    }
    return bytes
  }
}
