/// What each byte means to a zone, looked up once per byte.
/// Made once for a catalogue; never changes.
struct ZoneBytes: @unchecked Sendable {
  struct Meaning: OptionSet {
    let rawValue: UInt8
    /// Some form of the rule may begin with it.
    static let first = Meaning(rawValue: 1)
    /// An escape may end with it.
    static let escapeEnd = Meaning(rawValue: 2)
    /// The zone may end behind it.
    static let zoneEnd = Meaning(rawValue: 4)
  }

  private let meanings: UnsafeMutablePointer<Meaning>

  init(record: ZoneRecord, tables: Tables) {
    meanings = .allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max {
      var meaning: Meaning = []
      for form in record.firstForm..<record.firstForm + record.formCount
      where tables.contains(byte, inSet: tables.forms[Int(form)].firstSet) {
        meaning.insert(.first)
      }
      if Edge.mayEndEscape(byte) { meaning.insert(.escapeEnd) }
      if byte == MaskText.headLast || byte == 0x0A && record.isOfOneLine {
        meaning.insert(.zoneEnd)
      }
      meanings.advanced(by: Int(byte)).initialize(to: meaning)
    }
  }

  func deallocate() {
    meanings.deallocate()
  }

  @inline(__always)
  subscript(byte: UInt8) -> Meaning { meanings[Int(byte)] }
}
