internal import CSieve
internal import Hyperscan

/// Finds where signatures end, on processors that ask 64 places of a text at a time for four bytes of each of them; on others that is Hyperscan's work.
///
/// Of logs and code one place in thirty has the bytes of a bucket, one in two hundred is let in by the gate, and is compared with the signatures that have such bytes
/// (`docs/design/0025-sieve.md`). What it says is exact, and what Hyperscan says. Valid as long as its catalogue.
struct Sieve: @unchecked Sendable {
  let classes: UnsafeBufferPointer<UInt8>
  let gate: UnsafeBufferPointer<UInt8>
  let headNumbers: UnsafeBufferPointer<UInt16>
  let heads: UnsafeBufferPointer<sieve_head>
  let starts: UnsafeBufferPointer<UInt16>
  let numbers: UnsafeBufferPointer<UInt16>
  let entries: UnsafeBufferPointer<SieveEntry>
  let places: UnsafeBufferPointer<UInt16>
  private let sets: UnsafeBufferPointer<UInt64>

  /// - Parameter sets: the byte sets that the tables number.
  init(copying tables: SieveTables, sets: UnsafeBufferPointer<UInt64>) {
    classes = Self.copy(tables.classes)
    gate = Self.copy(tables.gate)
    headNumbers = Self.copy(tables.headNumbers)
    heads = Self.copy(tables.heads)
    starts = Self.copy(tables.starts)
    numbers = Self.copy(tables.numbers)
    entries = Self.copy(tables.entries)
    places = Self.copy(tables.places)
    self.sets = sets
  }

  /// To be called by the catalogue that made it, once.
  func deallocate() {
    classes.deallocate()
    gate.deallocate()
    headNumbers.deallocate()
    heads.deallocate()
    starts.deallocate()
    numbers.deallocate()
    entries.deallocate()
    places.deallocate()
  }

  private static func copy<Record: BitwiseCopyable>(
    _ records: [Record]
  ) -> UnsafeBufferPointer<Record> {
    let memory = UnsafeMutableBufferPointer<Record>.allocate(capacity: records.count)
    _ = memory.initialize(fromContentsOf: records)
    return UnsafeBufferPointer(memory)
  }

  /// It was not made, and finds nothing.
  var isEmpty: Bool { entries.isEmpty }

  /// Fills `matches` with the ends of signatures from `firstEnd` on, nearly in order.
  ///
  /// - Parameters:
  ///   - isFast: this processor is one for which it was made.
  ///   - few: room for places, `SIEVE_PIECE_BYTES` of them.
  /// - Returns: false when there is no room for all matches; what `matches` holds then is not to be used.
  func search(
    _ text: UnsafeRawBufferPointer, firstEnd: Int, isFast: Bool,
    few: UnsafeMutablePointer<UInt16>, into matches: borrowing MatchBuffer
  ) -> Bool {
    matches.removeAll()
    guard !isEmpty, let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      return true
    }
    var asked = sieve(
      classes: classes.baseAddress, gate: gate.baseAddress,
      head_numbers: headNumbers.baseAddress, heads: heads.baseAddress)
    let ask = isFast ? sieve_places : sieve_places_plainly
    for first in stride(from: 0, to: text.count, by: Int(SIEVE_PIECE_BYTES)) {
      let count = ask(
        &asked, bytes, text.count, first, min(text.count - first, Int(SIEVE_PIECE_BYTES)), few)
      for index in 0..<count {
        guard compare(text, at: first + Int(few[index]), firstEnd: firstEnd, into: matches) else {
          return false
        }
      }
    }
    return true
  }

  /// Compares the signatures that may have a word at this place.
  ///
  /// - Returns: false when there is no room for one that stands there.
  private func compare(
    _ text: UnsafeRawBufferPointer, at place: Int, firstEnd: Int,
    into matches: borrowing MatchBuffer
  ) -> Bool {
    let slot = Int(sieve_hash(Self.word(of: text, at: place))) >> 3
    for index in Int(starts[slot])..<Int(starts[slot + 1]) {
      let entry = entries[Int(numbers[index])]
      let start = place - Int(entry.wordPlace)
      let end = start + Int(entry.placeCount)
      guard start >= 0, end <= text.count, end >= firstEnd else { continue }
      let head = heads[Int(entry.head)]
      let begin = place - Int(head.back)
      if begin >= 0, begin + 8 <= text.count {
        let eight = text.loadUnaligned(fromByteOffset: begin, as: UInt64.self)
        guard eight & head.mask == head.value,
          entry.isWhole || stands(entry, in: text, at: start)
        else { continue }
      } else if !stands(entry, in: text, at: start) {
        continue
      }
      let match = MatchBuffer.Match(end: UInt32(end), signature: UInt32(entry.signature))
      if !matches.append(match) { return false }
    }
    return true
  }

  /// Each byte is in its set.
  private func stands(
    _ entry: SieveEntry, in text: UnsafeRawBufferPointer, at start: Int
  ) -> Bool {
    for place in 0..<Int(entry.placeCount) {
      let set = Int(places[Int(entry.firstPlace) + place])
      let byte = text[start + place]
      if sets[set * 4 + Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 0 { return false }
    }
    return true
  }

  /// Four bytes as they lie in memory; those that are not there are zero.
  private static func word(of text: UnsafeRawBufferPointer, at place: Int) -> UInt32 {
    if place + 4 <= text.count {
      return text.loadUnaligned(fromByteOffset: place, as: UInt32.self)
    }
    return text[place...].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}
