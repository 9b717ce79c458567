import Oracle
import Testing
import WeirCore
import WeirSpecimens

@Suite("Phrases of wallets")
struct PhraseTests {
  private static let rules = BuiltIn.definitions.filter { rule in
    ((try? rule.shape.forms()) ?? []).contains { if case .phrase = $0.tail { true } else { false } }
  }
  private static let catalogue = try? Catalogue(compiling: rules)
  private static let bip39 = rules.filter { $0.id == "bip39.mnemonic" }

  private func scanned(_ text: [UInt8], _ policy: Policy = .redact) throws -> ScanResult {
    try scan(text, policy: policy, catalogue: try #require(Self.catalogue))
  }

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// The bytes of these words in a row.
  private static func row(_ words: [String], _ gap: String = " ") -> [UInt8] {
    bytes(words.joined(separator: gap))
  }

  private static func place(of word: String, _ kind: PhraseKind) -> UInt16? {
    (0..<kind.list.count).first { kind.list.word(at: $0).elementsEqual(word.utf8) }.map(UInt16.init)
  }

  private static func isPhrase(_ words: [String], _ kind: PhraseKind) -> Bool {
    SpecimenMaker.isPhrase(words.compactMap { place(of: $0, kind) }, kind)
  }

  @Test(
    "of each kind and length are found from the first word to the last, however written and cut")
  func everyDress() throws {
    let catalogue = try #require(Self.catalogue)
    var maker = SpecimenMaker(rules: Self.rules, seed: 301)
    let oracle = Oracle(rules: Self.rules, policy: .redact)
    for kind in PhraseKind.allCases {
      for count in kind.counts {
        for dress in PhraseDress.allCases {
          let phrase = maker.phrase(kind, words: count, dress: dress)
          let head = Self.bytes("MNEMONIC=\"")
          let input = head + phrase + Self.bytes("\"\n. the end\n")
          let whole = try scanned(input)
          let finding = try #require(whole.findings.first, "\(kind) \(dress): \(shown(input))")
          #expect(Int(finding.start) == head.count, "\(shown(input))")
          // By chance it goes on into another kind's.
          #expect(Int(finding.end) == head.count + phrase.count, "\(shown(input))")
          #expect(finding.check == .valid)
          try expectAgreement(
            input, .redact, oracle, chunks: [input[...]], note: "\(kind)", catalogue: catalogue)
          for place in input.indices {
            let halves = [input[..<place], input[place...]]
            let cut = try scan(halves, catalogue: catalogue)
            #expect(cut == whole, "\(kind) \(dress) cut at \(place)")
          }
          let single = try scan(input.indices.map { input[$0..<$0 + 1] }, catalogue: catalogue)
          #expect(single == whole, "\(kind) \(dress) byte by byte")
        }
      }
    }
  }

  /// Reversed, so that no file holds a phrase. BIP-39's, SLIP-39's and Monero's were made or checked with the packages of NOTICE; Electrum's and Algorand's
  /// sums were computed with Python's hashlib, from the same description as ours.
  @Test("are those that other programs compute")
  func vectors() {
    let valid: [(PhraseKind, String)] = [
      (.bip39, "picnic eight elder cruise thank pudding grace curtain fiber grab drill ozone"),
      (
        .bip39,
        """
        fog narrow stable ecology office feature stay club fold volume attitude filter female \
        system sort north machine gravity
        """
      ),
      (
        .bip39,
        """
        length delay inflict shrug word loan dilemma maple tennis gospel fancy happy book razor \
        toddler slide meat private delay cause dutch private diagram hamster
        """
      ),
      (
        .electrum,
        """
        identify credit dynamic target favorite mobile such universe among tree father wild
        """
      ),
      (
        .slip39,
        """
        keyboard decision critical ajar duke erode husband deal piece coal kidney fridge solution \
        length result agency academic academic enlarge duckling
        """
      ),
      (
        .monero,
        """
        jobs doing cunning jobs bobsled upload vigilant moat jerseys idled firm cause rally \
        vacation gained diode eagle dummy onward mural deepest bifocals beyond judge tavern
        """
      ),
      (
        .algorand,
        """
        forest absent tool apart coffee fragile swallow purchase slim immense grain collect lazy \
        victory enrich mail height erosion wolf ready exile silly very expire inherit
        """
      ),
    ]
    for (kind, text) in valid {
      let words = text.split(separator: " ").map(String.init).reversed()
      #expect(Self.isPhrase(Array(words), kind), "\(kind)")
      // A word changed, or two in each other's place.
      for index in words.indices.dropLast() {
        var changed = Array(words)
        let place = words.distance(from: words.startIndex, to: index)
        changed.swapAt(place, place + 1)
        guard changed[place] != changed[place + 1], kind == .slip39 else { continue }
        #expect(!Self.isPhrase(changed, kind))
      }
    }
  }

  @Test("that everybody knows, and lists of words, are not reported")
  func placeholders() throws {
    let winner = ["legal", "winner", "thank", "year", "wave", "sausage", "worth", "useful"]
    let advice = ["letter", "advice", "cage", "absurd", "amount", "doctor", "acoustic", "avoid"]
    func repeated(_ word: String, _ count: Int) -> [String] { Array(repeating: word, count: count) }
    let known: [[String]] = [
      repeated("abandon", 11) + ["about"], repeated("abandon", 17) + ["agent"],
      repeated("abandon", 23) + ["art"], repeated("test", 11) + ["junk"],
      repeated("zoo", 11) + ["wrong"], repeated("zoo", 17) + ["when"],
      repeated("zoo", 23) + ["vote"], repeated("all", 12),
      winner + winner.prefix(3) + ["yellow"], winner + winner + ["legal", "will"],
      winner + winner + winner.prefix(7) + ["title"], advice + advice.prefix(3) + ["above"],
      "myth like bonus scare over problem client lizard pioneer submit female collect"
        .split(separator: " ").map(String.init),
      "bottom drive obey lake curtain smoke basket hold race lonely fit walk"
        .split(separator: " ").map(String.init),
    ]
    for words in known {
      #expect(words.allSatisfy { Self.place(of: $0, .bip39) != nil }, "\(words)")
      for gap in [" ", "\n", "\", \""] {
        let found = try scanned(Self.bytes("mnemonic: \"") + Self.row(words, gap)).findings
        #expect(found.isEmpty, "\(words)")
      }
    }
    // Each list behind a cue before every word of it.
    for kind in PhraseKind.allCases {
      let words = (0..<kind.list.count).map { kind.list.word(at: $0) }
      for first in stride(from: 0, to: words.count, by: 97) {
        let input =
          Self.bytes("mnemonic words:\n") + Array(words[first...].joined(separator: [0x0A]))
        #expect(try scanned(input).findings.isEmpty, "\(kind) from \(first)")
      }
    }
  }

  @Test("that ascend as in the list are none, whatever their checksum")
  func ascending() throws {
    var random = SplitMix64(seed: 304)
    var passed = 0
    for _ in 0..<400 {
      var places: Set<UInt16> = []
      while places.count < 12 { places.insert(UInt16(random.below(2048))) }
      let sorted = places.sorted()
      // The same words in another order pass by chance, once in sixteen times.
      if SpecimenMaker.isPhrase(sorted.reversed(), .bip39) { passed += 1 }
      let words = SpecimenMaker.words(sorted, .bip39).map { String(decoding: $0, as: UTF8.self) }
      let found = try scanned(Self.bytes("mnemonic: ") + Self.row(words)).findings
      #expect(found.isEmpty, "\(words)")
    }
    #expect(passed > 10)
  }

  @Test("that come close are none")
  func nearMisses() throws {
    var maker = SpecimenMaker(rules: Self.bip39, seed: 302)
    for _ in 0..<20 {
      let words = SpecimenMaker.words(maker.phrasePlaces(.bip39, words: 12), .bip39).map {
        String(decoding: $0, as: UTF8.self)
      }
      func expect(_ isFound: Bool, _ text: [UInt8], _ why: String) throws {
        let found = try scanned(text).findings.filter {
          try! #require(Self.catalogue).ruleID($0.rule) == "bip39.mnemonic"
        }
        #expect(found.count == (isFound ? 1 : 0), "\(why): \(shown(text))")
      }
      let row = Self.row(words)
      let cue = Self.bytes("Seed-Phrase: ")
      try expect(true, cue + row, "as it is")
      try expect(false, Self.bytes("some words: ") + row, "no cue")
      try expect(true, cue + [UInt8](repeating: 0x20, count: 93) + row, "as far as a cue reaches")
      try expect(false, cue + [UInt8](repeating: 0x20, count: 94) + row, "further off")
      try expect(true, cue + Self.row(words, String(repeating: " ", count: 32)), "wide gaps")
      try expect(false, cue + Self.row(words, String(repeating: " ", count: 33)), "too wide gaps")
      try expect(false, cue + row + Self.bytes("1"), "a digit behind")
      try expect(false, cue + row + Self.bytes("_x"), "a word behind")
      try expect(false, cue + row + Self.bytes("********"), "stars behind")
      try expect(true, cue + row + Self.bytes("*******"), "seven stars behind")
      try expect(false, cue + Self.bytes("x") + row, "a letter before")
      try expect(false, cue + Self.bytes("********") + row, "stars before")
      try expect(false, cue + Self.row(words, "-"), "dashes")
      try expect(false, cue + Self.row(words, " 1 "), "numbers without a sign")
      try expect(false, cue + Self.row(words, " 123. "), "numbers of three digits")
      try expect(false, cue + Self.row(words, " \\ "), "a backslash")
      try expect(false, cue + Self.row(words, "  WEIR_REDACTED "), "masks")
      try expect(
        false, cue + Self.row([words[0].uppercased()] + words.dropFirst()), "in two spellings")
      // Joined to a word of the list before, but for the first behind a cue.
      try expect(false, cue + Self.bytes("zoo ") + row, "a word before")
      try expect(true, cue + Self.bytes("zoo. ") + row, "a word and a dot before")
      try expect(true, cue + Self.bytes("zoo seed words\\n") + row, "a cue between")
    }
  }

  @Test("take in as many words as their checksum allows")
  func greatestCount() throws {
    var maker = SpecimenMaker(rules: Self.bip39, seed: 303)
    var places: [UInt16] = []
    repeat {
      places = maker.phrasePlaces(.bip39, words: 24)
    } while !SpecimenMaker.isPhrase(Array(places.prefix(12)), .bip39)
    let row = Array(SpecimenMaker.words(places, .bip39).joined(separator: [0x0A]))
    let head = Self.bytes("recovery words\n\n")
    let found = try scanned(head + row).findings
    #expect(found.map(\.start) == [UInt64(head.count)])
    #expect(found.map(\.end) == [UInt64(head.count + row.count)])
    // As lines that come one by one: nothing leaves before it is known.
    let lines = (head + row + [0x0A]).split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { Array($0) + [0x0A] }
    let text = Array(lines.joined())
    var start = 0
    let chunks = lines.map { line in
      defer { start += line.count }
      return text[start..<start + line.count]
    }
    let catalogue = try #require(Self.catalogue)
    #expect(try scan(chunks, catalogue: catalogue) == scan(text, catalogue: catalogue))
  }

  @Test("have one fingerprint in all dresses")
  func fingerprints() throws {
    var maker = SpecimenMaker(rules: Self.bip39, seed: 304)
    let words = SpecimenMaker.words(maker.phrasePlaces(.bip39, words: 15), .bip39)
    var policy = Policy.scan
    policy.key = FingerprintKey(Array(0..<32))
    let prints = try PhraseDress.allCases.map { dress in
      try scanned(Self.bytes("wallet seed=") + dress.text(of: words), policy).findings.first?
        .fingerprint
    }
    #expect(prints[0] != nil && Set(prints).count == 1)
  }

  /// Sums of held bytes do not depend on the machine; time would.
  @Test("that never come hold back no more than one could be wide")
  func holds() throws {
    let catalogue = try #require(Self.catalogue)
    for filler in [
      "abandon ", "seed phrase ", "mnemonic abandon ability able about above absent absorb ",
      "seed words \n", "zoo\nseed phrase " + String(repeating: "\t", count: 32),
    ] {
      var scanner = try Scanner(catalogue: catalogue, policy: .redact)
      var sink = NoSink()
      let bytes = Array(repeatElement(Self.bytes(filler), count: 4096 / filler.utf8.count).joined())
      for _ in 0..<300 {
        let room = scanner.room(for: bytes.count)
        bytes.withUnsafeBytes { room.copyMemory(from: $0) }
        scanner.append(count: bytes.count)
        try scanner.advance(into: &sink)
        #expect(scanner.counts.withheldBytes <= 1536, "\(filler)")
      }
      try scanner.finish(into: &sink)
    }
  }

  @Test("agree with the oracle, much mutated", arguments: [51, 52, 53, 54] as [UInt64])
  func mutated(seed: UInt64) throws {
    let catalogue = try #require(Self.catalogue)
    let policy = seed % 2 == 0 ? Policy.scan : .redact
    let oracle = Oracle(rules: Self.rules, policy: policy)
    var inputs = MutatedInput(rules: Self.rules, seed: seed, mostMutations: 5)
    var random = SplitMix64(seed: seed)
    var failures = 0
    var found = 0
    for turn in 0..<1500 * Scale.factor where failures < 3 {
      let input = inputs.next()
      let chunks = randomChunks(of: input, atMost: random.pick([1, 9, 80, 9000]), random: &random)
      let agrees = try expectAgreement(
        input, policy, oracle, chunks: chunks + [input[(chunks.last?.endIndex ?? 0)...]],
        note: "seed \(seed), turn \(turn)", catalogue: catalogue)
      if !agrees { failures += 1 }
      found += try scan(input, policy: policy, catalogue: catalogue).findings.count
      let once = try scan(input, policy: policy, catalogue: catalogue, mask: .stars).output
      let twice = try scan(once, policy: policy, catalogue: catalogue, mask: .stars)
      #expect(twice.findings.isEmpty, "seed \(seed), turn \(turn): \(shown(input))")
    }
    #expect(found > 300 * Scale.factor)
  }

  @Test("are made of lists that are sorted, and whose words their first letters tell")
  func lists() {
    for (kind, count, letters) in [
      (PhraseKind.bip39, 2048, 4), (.slip39, 1024, 4), (.monero, 1626, 3),
    ] {
      let words = (0..<kind.list.count).map { kind.list.word(at: $0) }
      #expect(words.count == count)
      #expect(Set(words.map { $0.prefix(letters) }).count == count)
      #expect(zip(words, words.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
      #expect(words.allSatisfy { $0.allSatisfy(Alphabet.named["lower"]!.contains) })
    }
  }
}
