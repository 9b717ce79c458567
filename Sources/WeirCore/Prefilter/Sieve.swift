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
  /// They have the byte sets that `places` numbers.
  private let tables: Tables

  init(copying sieve: SieveTables, beside tables: Tables) {
    classes = UnsafeBufferPointer(copying: sieve.classes)
    gate = UnsafeBufferPointer(copying: sieve.gate)
    headNumbers = UnsafeBufferPointer(copying: sieve.headNumbers)
    heads = UnsafeBufferPointer(copying: sieve.heads)
    starts = UnsafeBufferPointer(copying: sieve.starts)
    numbers = UnsafeBufferPointer(copying: sieve.numbers)
    entries = UnsafeBufferPointer(copying: sieve.entries)
    places = UnsafeBufferPointer(copying: sieve.places)
    self.tables = tables
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
      let isRoom = compare(
        text, at: UnsafeBufferPointer(start: few, count: count), from: first, firstEnd: firstEnd,
        into: matches)
      if !isRoom { return false }
    }
    return true
  }

  /// Compares the signatures that may have a word at these places. Input that is made of signatures spends its time here, so nothing is loaded twice.
  ///
  /// - Parameters:
  ///   - few: counted from `first`.
  /// - Returns: false when there is no room for one that stands there.
  @inline(never)
  private func compare(
    _ text: UnsafeRawBufferPointer, at few: UnsafeBufferPointer<UInt16>, from first: Int,
    firstEnd: Int, into matches: borrowing MatchBuffer
  ) -> Bool {
    guard let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self),
      let starts = starts.baseAddress, let numbers = numbers.baseAddress,
      let entries = entries.baseAddress, let heads = heads.baseAddress
    else { return true }
    for near in few {
      let place = first + Int(near)
      let slot = Int(sieve_hash(sieve_word(bytes, text.count, place)) >> 3)
      var number = numbers + Int(starts[slot])
      let lastNumber = numbers + Int(starts[slot + 1])
      while number < lastNumber {
        let entry = entries + Int(number.pointee)
        number += 1
        let start = place &- Int(entry.pointee.wordPlace)
        let end = start &+ Int(entry.pointee.placeCount)
        guard start >= 0, end <= text.count, end >= firstEnd else { continue }
        let head = heads + Int(entry.pointee.head)
        let begin = place &- Int(truncatingIfNeeded: head.pointee.back)
        if begin >= 0, begin &+ 8 <= text.count {
          let eight = UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: begin, as: UInt64.self)
          guard eight & head.pointee.mask == head.pointee.value,
            entry.pointee.isWhole || stands(entry, in: bytes, at: start)
          else { continue }
        } else if !stands(entry, in: bytes, at: start) {
          continue
        }
        let match = MatchBuffer.Match(
          end: UInt32(truncatingIfNeeded: end), signature: UInt32(entry.pointee.signature))
        if !matches.append(match) { return false }
      }
    }
    return true
  }

  /// Each byte is in its set.
  private func stands(
    _ entry: UnsafePointer<SieveEntry>, in text: UnsafePointer<UInt8>, at start: Int
  ) -> Bool {
    let sets = places.baseAddress! + Int(entry.pointee.firstPlace)
    for place in 0..<Int(entry.pointee.placeCount)
    where !tables.contains(text[start + place], inSet: sets[place]) {
      return false
    }
    return true
  }
}
