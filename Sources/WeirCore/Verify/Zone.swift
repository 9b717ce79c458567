/// The bytes behind a cue, a context or a pair, in which an armed rule is looked for.
struct Zone: BitwiseCopyable {
  let record: ZoneRecord
  /// Its bit in `ZoneBytes`.
  let firsts: UInt64
  /// It reaches over `[from, until)`.
  var from: UInt64 = 0
  var until: UInt64 = 0
  var isActive = false
  /// The last end of a word that armed it, or of a match of its pair.
  var armedAt: UInt64 = 0

  init(record: ZoneRecord, firsts: UInt64) {
    self.record = record
    self.firsts = firsts
  }

  /// It does not reach past `offset`, behind which the byte before stands: the line's end, or the last byte of a mask's head.
  func ends(at offset: UInt64, behind byte: UInt8) -> Bool {
    from < offset && (byte != 0x0A || record.isOfOneLine)
  }
}
