internal import CSieve

/// Chooses for each signature the four bytes of it that a sieve looks for, and its bucket, so that few places of logs and code are let in.
///
/// A bucket lets in what has at each of four places one of the bytes that its words have there: how often, is guessed as if bytes stood beside each other by
/// chance; how often the words themselves occur, by pairs of bytes (`ByteStatistics`). Signatures are taken one by one, each to the words and the bucket that add least; behind the first round each is
/// taken out and asked again, for by then it is known who else is in.
struct SieveBuilder {
  private static let rounds = 3
  private static let buckets = 8 * Int(SIEVE_BUCKET_TABLES)
  private static let wordBytes = Int(SIEVE_WORD_BYTES)
  /// No more words of a signature are tried than so many, the rarest.
  private static let mostOptions = 16
  /// A place that has a word is compared; one that has only the bytes of a bucket is asked for its hash. So many times what that costs.
  private static let costOfWord = 10.0
  /// No four places are tried that stand for more words.
  private static let mostWords = 1 << 12

  /// Four places of a signature.
  private struct Option {
    let place: Int
    let sets: [ByteSet]
    let lows: [LowSet]
    /// The part of all places of a text that have one of its words.
    let frequency: Double

    init(_ places: [ByteSet], at place: Int) {
      self.place = place
      var sets = Array(places.dropFirst(place).prefix(wordBytes))
      frequency = ByteStatistics.frequency(of: sets)
      // Whatever follows the last byte of a short one.
      while sets.count < wordBytes { sets.append(ByteSet(0...255)) }
      self.sets = sets
      lows = sets.map(LowSet.init)
    }

    var wordCount: Int { sets.reduce(1) { $0 * $1.count } }
  }

  private struct Bucket {
    var counts = [Int32](repeating: 0, count: wordBytes * 128)
    var lows = [LowSet](repeating: LowSet(), count: wordBytes)
    var frequencies = [Double](repeating: 0, count: wordBytes)

    /// How much more it lets in with this.
    func cost(of option: Option) -> Double {
      var before = 1.0
      var after = 1.0
      for place in 0..<wordBytes {
        before *= frequencies[place]
        after *= frequencies[place] + option.lows[place].frequency(outside: lows[place])
      }
      return after - before
    }

    mutating func count(_ option: Option, by step: Int32) {
      for place in 0..<wordBytes {
        option.lows[place].forEach { byte in
          counts[place * 128 + byte] += step
          lows[place].set(byte, counts[place * 128 + byte] > 0)
        }
        frequencies[place] = lows[place].frequency
      }
    }
  }

  /// - Parameter place: gives a byte set its number.
  /// - Returns: nothing where a signature has no four places that stand for few words, or the tables cannot number all.
  static func tables(
    of signatures: [(number: UInt16, places: [ByteSet])], place: (ByteSet) -> UInt16
  ) -> SieveTables {
    var owners: [[ByteSet]: [UInt16]] = [:]
    var sequences: [[ByteSet]] = []
    for signature in signatures {
      if owners[signature.places] == nil { sequences.append(signature.places) }
      owners[signature.places, default: []].append(signature.number)
    }
    let options = sequences.map(options(of:))
    if sequences.isEmpty || options.contains(where: \.isEmpty) { return SieveTables() }
    let (buckets, choices) = choose(among: options)

    var tables = SieveTables()
    tables.classes = classes(of: buckets)
    tables.gate = [UInt8](repeating: 0, count: Int(SIEVE_GATE_BYTES))
    // For each byte of the gate the sequences that have a word there.
    var sequencesOfGate = [[Int]](repeating: [], count: tables.gate.count)
    for (index, choice) in choices.enumerated() {
      forEachWord(of: choice) { word in
        let hash = Int(sieve_hash(word))
        tables.gate[hash >> 3] |= 1 << UInt8(hash & 7)
        if sequencesOfGate[hash >> 3].last != index { sequencesOfGate[hash >> 3].append(index) }
      }
    }
    var heads = SieveHeads()
    var entriesOfSequence: [[UInt16]] = []
    for (sequence, choice) in zip(sequences, choices) {
      guard tables.places.count + sequence.count <= UInt16.max else { return SieveTables() }
      let head = SieveHead(of: [(sequence, choice.place)])
      let headNumber = heads.number(of: head)
      entriesOfSequence.append([])
      for number in owners[sequence]! {
        entriesOfSequence[entriesOfSequence.count - 1].append(UInt16(tables.entries.count))
        tables.entries.append(
          SieveEntry(
            signature: number, firstPlace: UInt16(tables.places.count), head: headNumber,
            placeCount: UInt8(sequence.count), wordPlace: UInt8(choice.place),
            isWhole: head.says(all: sequence, word: choice.place)))
      }
      tables.places += sequence.map(place)
    }
    tables.starts = [0]
    for together in sequencesOfGate {
      let head = SieveHead(of: together.map { (sequences[$0], choices[$0].place) })
      tables.headNumbers.append(heads.number(of: head))
      tables.numbers += together.flatMap { entriesOfSequence[$0] }
      guard tables.numbers.count <= UInt16.max else { return SieveTables() }
      tables.starts.append(UInt16(tables.numbers.count))
    }
    tables.heads = heads.all.map {
      sieve_head(mask: $0.mask, value: $0.value, back: UInt64($0.back))
    }
    return tables
  }

  private static func options(of places: [ByteSet]) -> [Option] {
    let all = (0...max(places.count - wordBytes, 0)).map { Option(places, at: $0) }
    return Array(
      all.filter { $0.wordCount <= mostWords }
        .sorted { ($0.frequency, $0.place) < ($1.frequency, $1.place) }.prefix(mostOptions))
  }

  private static func choose(among options: [[Option]]) -> ([Bucket], [Option]) {
    var buckets = [Bucket](repeating: Bucket(), count: Self.buckets)
    var choices = [(bucket: Int, option: Int)?](repeating: nil, count: options.count)
    // At first those that will cost most wherever they are.
    let order = options.indices.sorted {
      (options[$1][0].frequency, $0) < (options[$0][0].frequency, $1)
    }
    for _ in 0..<rounds {
      for index in order {
        if let (bucket, option) = choices[index] {
          buckets[bucket].count(options[index][option], by: -1)
        }
        var best = (cost: Double.infinity, bucket: 0, option: 0)
        for (number, option) in options[index].enumerated() {
          for bucket in buckets.indices {
            let cost = buckets[bucket].cost(of: option) + costOfWord * option.frequency
            if cost < best.cost { best = (cost, bucket, number) }
          }
        }
        buckets[best.bucket].count(options[index][best.option], by: 1)
        choices[index] = (best.bucket, best.option)
      }
    }
    return (buckets, zip(options, choices).map { $0[$1!.option] })
  }

  private static func classes(of buckets: [Bucket]) -> [UInt8] {
    var classes = [UInt8](repeating: 0, count: Int(SIEVE_CLASS_BYTES))
    for (number, bucket) in buckets.enumerated() {
      for place in 0..<wordBytes {
        let table = place * Int(SIEVE_BUCKET_TABLES) + number / 8
        bucket.lows[place].forEach { classes[table * 128 + $0] |= 1 << UInt8(number % 8) }
      }
    }
    return classes
  }

  /// Calls `body` with each four bytes, as they lie in memory.
  private static func forEachWord(of option: Option, _ body: (UInt32) -> Void) {
    var words: [UInt32] = [0]
    for (place, set) in option.sets.enumerated() {
      words = words.flatMap { word in set.bytes.map { word | UInt32($0) << UInt32(8 * place) } }
    }
    words.forEach(body)
  }
}
