import Oracle
import Testing
import WeirCore
import WeirSpecimens

/// All inputs over a few words, at every cut: not a sample, but each. What is enumerated is counted, and the count asserted.
///
/// Rules are tiny, and so is the hold of open runs: 6 bytes in the place of 4,096 makes an input of ten letters one that outgrows what is held. Not within
/// reach are the other great bounds: 4,096 bytes of a key block's opening, its 256 bytes that need not count, 2,048 of a token's header, the 1,024 of history,
/// and more than one piece of the prefilter. `make fuzz` and `GrowthTests` go there.
struct Enumeration: Sendable, CustomTestStringConvertible {
  let name: String
  /// What inputs are made of: letters mostly.
  let words: [[UInt8]]
  /// The greatest number of words.
  let longest: Int
  /// What every input begins with, and the offset from which on it is cut.
  var head: [UInt8] = []
  var cutsFrom = 0
  var holdBytes = 4096
  var nouns = ["key"]
  let rules: @Sendable () throws -> [RuleDefinition]

  init(
    _ name: String, letters: String, hold: Int = 4096, nouns: [String] = ["key"],
    rules: @escaping @Sendable () throws -> [RuleDefinition]
  ) {
    self.name = name
    words = letters.utf8.map { [$0] }
    longest = 10
    holdBytes = hold
    self.nouns = nouns
    self.rules = rules
  }

  init(
    _ name: String, words: [String], longest: Int, head: [UInt8] = [], cutsFrom: Int = 0,
    hold: Int = 4096, nouns: [String] = ["key"],
    rules: @escaping @Sendable () throws -> [RuleDefinition]
  ) {
    self.name = name
    self.words = words.map { Array($0.utf8) }
    self.longest = longest
    self.head = head
    self.cutsFrom = cutsFrom
    self.nouns = nouns
    holdBytes = hold
    self.rules = rules
  }

  var testDescription: String { name }

  /// How many inputs there are, and in how many ways they are cut: whole, byte by byte, and in two at every place.
  var counts: Counts {
    var result = Counts()
    // Of the inputs of n words: how many there are, and their bytes.
    var inputs = 1
    var bytes = head.count - cutsFrom
    let wordBytes = words.reduce(0) { $0 + $1.count }
    for _ in 0...longest {
      result.inputs += inputs
      result.scans += 2 * inputs + bytes
      bytes = bytes * words.count + inputs * wordBytes
      inputs *= words.count
    }
    return result
  }

  struct Counts: Equatable {
    var inputs = 0
    var scans = 0
    var findings = 0
  }

  /// Calls `body` with each input.
  func forEachInput(_ body: ([UInt8]) throws -> Bool) rethrows {
    var choice: [Int] = []
    while true {
      guard try body(choice.reduce(into: head) { $0 += words[$1] }) else { return }
      // The next row of words, the shorter ones first.
      var place = choice.count - 1
      while place >= 0, choice[place] == words.count - 1 {
        choice[place] = 0
        place -= 1
      }
      if place >= 0 {
        choice[place] += 1
      } else if choice.count < longest {
        choice.append(0)
      } else {
        return
      }
    }
  }
}

@Suite("Every small input")
struct EnumerationTests {
  @Test("agrees with the oracle at every cut", arguments: Enumeration.all)
  func everyCut(of enumeration: Enumeration) throws {
    let rules = try enumeration.rules()
    let catalogue = try Catalogue(
      compiling: rules, holdBytes: enumeration.holdBytes, nouns: enumeration.nouns)
    let oracle = Oracle(
      rules: rules, policy: .redact, holdBytes: enumeration.holdBytes, nouns: enumeration.nouns)
    var counts = Enumeration.Counts()
    try enumeration.forEachInput { input in
      let whole = try scan(input, catalogue: catalogue)
      let verdict = Verdict(of: oracle, on: input)
      if let difference = disagreement(
        of: whole, input: input, with: verdict, catalogue: catalogue)
      {
        Issue.record("\(difference)")
        return false
      }
      func expectSame(_ chunks: some Sequence<ArraySlice<UInt8>>, _ note: String) throws -> Bool {
        let cut = try scan(chunks, catalogue: catalogue)
        counts.scans += 1
        if cut == whole { return true }
        Issue.record("\(note): \(cut.findings) not \(whole.findings) of \(shown(input))")
        return false
      }
      guard try expectSame(input.indices.lazy.map { input[$0..<$0 + 1] }, "byte by byte") else {
        return false
      }
      for place in enumeration.cutsFrom..<max(input.count, enumeration.cutsFrom) {
        let halves = [input[..<place], input[place...]]
        guard try expectSame(halves, "cut at \(place)") else { return false }
      }
      counts.scans += 1
      counts.inputs += 1
      counts.findings += whole.findings.count
      return true
    }
    // Enough of them are findings; rules that nothing matches prove nothing.
    #expect(counts.findings > counts.inputs / 100, "\(counts)")
    counts.findings = 0
    #expect(counts == enumeration.counts)
  }

  @Test("of ten letters is counted")
  func counts() {
    // 3⁰ + … + 3¹⁰ inputs of three letters; n of them have n cuts, and each is scanned whole and byte by byte.
    let letters = Enumeration.all.filter { $0.longest == 10 }
    for enumeration in letters {
      #expect(enumeration.counts == Enumeration.Counts(inputs: 88_573, scans: 1_018_595))
    }
    #expect(letters.count == 10)
  }
}
