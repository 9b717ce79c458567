/// All that a scan reads of a catalogue, save the database: plain memory that never changes.
///
/// Pointers instead of arrays, so that the hot path counts no references (measured: a third of the time of dense input). Their indices were checked
/// when the catalogue was made (`TableArrays.isConsistent`). Valid as long as its catalogue.
struct Tables: @unchecked Sendable {
  let rules: UnsafeBufferPointer<RuleRecord>
  let forms: UnsafeBufferPointer<FormRecord>
  let elements: UnsafeBufferPointer<ElementRecord>
  let literals: UnsafeBufferPointer<UInt8>
  /// For each byte the classes it belongs to, a bit each.
  let classes: UnsafePointer<UInt64>
  let signatures: UnsafeBufferPointer<SignatureRecord>
  let targets: UnsafeBufferPointer<UInt16>
  let zones: UnsafeBufferPointer<ZoneRecord>
  let prefixes: UnsafeBufferPointer<PrefixRecord>
  let places: UnsafeBufferPointer<UInt16>
  let sets: UnsafeBufferPointer<UInt64>
  let widestBytes: Int

  init(copying arrays: TableArrays) {
    func copy<Record: BitwiseCopyable>(_ records: [Record]) -> UnsafeBufferPointer<Record> {
      let memory = UnsafeMutableBufferPointer<Record>.allocate(capacity: records.count)
      _ = memory.initialize(fromContentsOf: records)
      return UnsafeBufferPointer(memory)
    }
    rules = copy(arrays.rules)
    forms = copy(arrays.forms)
    elements = copy(arrays.elements)
    literals = copy(arrays.literals)
    classes = copy(arrays.classes).baseAddress!
    signatures = copy(arrays.signatures)
    targets = copy(arrays.targets)
    zones = copy(arrays.zones)
    prefixes = copy(arrays.prefixes)
    places = copy(arrays.places)
    sets = copy(arrays.sets)
    widestBytes = arrays.widestBytes
  }

  /// To be called by the catalogue that made the copy, once.
  func deallocate() {
    rules.deallocate()
    forms.deallocate()
    elements.deallocate()
    literals.deallocate()
    classes.deallocate()
    signatures.deallocate()
    targets.deallocate()
    zones.deallocate()
    prefixes.deallocate()
    places.deallocate()
    sets.deallocate()
  }

  @inline(__always)
  func contains(_ byte: UInt8, in classIndex: UInt8) -> Bool {
    classes[Int(byte)] >> UInt64(classIndex) & 1 == 1
  }

  @inline(__always)
  func contains(_ byte: UInt8, inSet set: UInt16) -> Bool {
    sets[Int(set) * 4 + Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1
  }
}
