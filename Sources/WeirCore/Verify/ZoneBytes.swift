/// What each byte means behind cues, for all zones of a catalogue: looked up once per byte.
///
/// Made once for a catalogue; never changes.
struct ZoneBytes: @unchecked Sendable {
  /// How many different sets of first bytes zones may have; a bit of a mark is kept for `special`.
  static let mostSets = 63
  /// The mark of bytes with which an escape may begin, or behind which zones may end.
  static let special: UInt64 = 1 << 63

  /// For each byte the sets that it belongs to, and `special`.
  let marks: UnsafePointer<UInt64>
  /// The mark of each zone's set: the bytes with which some form of its rule may begin.
  let markOfZone: [UInt64]

  init(tables: Tables) {
    let marks = UnsafeMutablePointer<UInt64>.allocate(capacity: 256)
    marks.initialize(repeating: 0, count: 256)
    for byte in UInt8.min...UInt8.max
    where Self.escapeReach(from: byte, isEscaped: false) > 0 || Self.mayEndZones(byte) {
      marks[Int(byte)] = Self.special
    }
    var known: [ByteSet] = []
    var markOfZone: [UInt64] = []
    for zone in tables.zones {
      let bytes = zone.firstBytes(sets: tables.sets)
      let bit = known.firstIndex(of: bytes) ?? known.count
      if bit == known.count {
        known.append(bytes)
        for byte in bytes.bytes { marks[Int(byte)] |= 1 << UInt64(bit) }
      }
      markOfZone.append(1 << UInt64(bit))
    }
    self.marks = UnsafePointer(marks)
    self.markOfZone = markOfZone
  }

  /// To be called once, by the catalogue and not by scans that copied it.
  func deallocate() {
    marks.deallocate()
  }

  /// A line ends with it, or a mask's head.
  static func mayEndZones(_ byte: UInt8) -> Bool { byte == 0x0A || byte == MaskText.headLast }

  /// How far behind the byte an escape that begins with it may end; 0 if none begins with it.
  ///
  /// - Parameter isEscaped: an escape may end right before the byte, which a terminal's sequence goes on from.
  static func escapeReach(from byte: UInt8, isEscaped: Bool) -> Int {
    switch byte {
    case UInt8(ascii: "["): isEscaped ? Escape.mostControlBytes - 1 : 0
    case 0x1B: 1
    case UInt8(ascii: "="), UInt8(ascii: "^"): 3
    case UInt8(ascii: "#"): 4
    case UInt8(ascii: "%"): 5
    case UInt8(ascii: "\\"): 6
    case UInt8(ascii: "&"): Escape.mostEntityBytes
    default: 0
    }
  }
}
