/// All that a scan reads of a catalogue, save the database: plain memory that never changes.
///
/// One pointer to pointers, so that the hot path counts no references and copies a word (measured: arrays took a third of the time of dense input).
/// Their indices were checked when the catalogue was made (`TableArrays.isConsistent`). Valid as long as its catalogue.
struct Tables: @unchecked Sendable {
  private struct Storage {
    let rules: UnsafeBufferPointer<RuleRecord>
    let forms: UnsafeBufferPointer<FormRecord>
    let elements: UnsafeBufferPointer<ElementRecord>
    let literals: UnsafeBufferPointer<UInt8>
    let classes: UnsafePointer<UInt64>
    let signatures: UnsafeBufferPointer<SignatureRecord>
    let targets: UnsafeBufferPointer<UInt16>
    let targetNexts: UnsafeBufferPointer<UInt8>
    let zones: UnsafeBufferPointer<ZoneRecord>
    let named: UnsafeBufferPointer<NamedRecord>
    let judged: UnsafeBufferPointer<JudgedRecord>
    let judgedClasses: UInt64?
    let nameNodes: UnsafeBufferPointer<NameNode>
    let nameTargets: UnsafeBufferPointer<UInt16>
    let nameCodes: UnsafePointer<UInt8>
    let nameStarts: UnsafePointer<UInt16>
    let nameWithinBytes: Int
    let nameLongestBytes: Int
    let valueClass: UInt8
    let valueLeastBytes: Int
    let shortForms: UnsafeBufferPointer<UInt16>
    let shortSet: UInt16
    let prefixes: UnsafeBufferPointer<PrefixRecord>
    let places: UnsafeBufferPointer<UInt16>
    let sets: UnsafeBufferPointer<UInt64>
    let widestBytes: Int
    let holdBytes: Int
    let cacheCount: Int
  }

  private let storage: UnsafeMutablePointer<Storage>

  init(copying arrays: TableArrays) {
    storage = .allocate(capacity: 1)
    storage.initialize(
      to: Storage(
        rules: UnsafeBufferPointer(copying: arrays.rules),
        forms: UnsafeBufferPointer(copying: arrays.forms),
        elements: UnsafeBufferPointer(copying: arrays.elements),
        literals: UnsafeBufferPointer(copying: arrays.literals),
        classes: UnsafeBufferPointer(copying: arrays.classes).baseAddress!,
        signatures: UnsafeBufferPointer(copying: arrays.signatures),
        targets: UnsafeBufferPointer(copying: arrays.targets),
        targetNexts: UnsafeBufferPointer(copying: arrays.targetNexts),
        zones: UnsafeBufferPointer(copying: arrays.zones),
        named: UnsafeBufferPointer(copying: arrays.named),
        judged: UnsafeBufferPointer(copying: arrays.judged),
        judgedClasses: arrays.judgedClasses,
        nameNodes: UnsafeBufferPointer(copying: arrays.nameNodes),
        nameTargets: UnsafeBufferPointer(copying: arrays.nameTargets),
        nameCodes: UnsafeBufferPointer(copying: NameStarts.codes()).baseAddress!,
        nameStarts: UnsafeBufferPointer(copying: NameStarts.nodes(of: arrays.nameNodes))
          .baseAddress!,
        nameWithinBytes: arrays.nameWithinBytes, nameLongestBytes: arrays.nameLongestBytes,
        valueClass: arrays.valueClass,
        valueLeastBytes: arrays.valueLeastBytes,
        shortForms: UnsafeBufferPointer(copying: arrays.shortForms), shortSet: arrays.shortSet,
        prefixes: UnsafeBufferPointer(copying: arrays.prefixes),
        places: UnsafeBufferPointer(copying: arrays.places),
        sets: UnsafeBufferPointer(copying: arrays.sets), widestBytes: arrays.widestBytes,
        holdBytes: arrays.holdBytes, cacheCount: arrays.cacheCount))
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
    targetNexts.deallocate()
    zones.deallocate()
    named.deallocate()
    judged.deallocate()
    nameNodes.deallocate()
    nameTargets.deallocate()
    nameCodes.deallocate()
    nameStarts.deallocate()
    shortForms.deallocate()
    prefixes.deallocate()
    places.deallocate()
    sets.deallocate()
    storage.deallocate()
  }

  var rules: UnsafeBufferPointer<RuleRecord> { storage.pointee.rules }
  var forms: UnsafeBufferPointer<FormRecord> { storage.pointee.forms }
  var elements: UnsafeBufferPointer<ElementRecord> { storage.pointee.elements }
  var literals: UnsafeBufferPointer<UInt8> { storage.pointee.literals }
  /// For each byte the classes it belongs to, a bit each.
  var classes: UnsafePointer<UInt64> { storage.pointee.classes }
  var signatures: UnsafeBufferPointer<SignatureRecord> { storage.pointee.signatures }
  var targets: UnsafeBufferPointer<UInt16> { storage.pointee.targets }
  var targetNexts: UnsafeBufferPointer<UInt8> { storage.pointee.targetNexts }
  var zones: UnsafeBufferPointer<ZoneRecord> { storage.pointee.zones }
  /// The context rules, and the tree of their words.
  var named: UnsafeBufferPointer<NamedRecord> { storage.pointee.named }
  var judged: UnsafeBufferPointer<JudgedRecord> { storage.pointee.judged }
  /// A secret of theirs has no byte outside these classes, a bit each; nil when that is not sure (`TableArrays`).
  var judgedClasses: UInt64? { storage.pointee.judgedClasses }
  var nameNodes: UnsafeBufferPointer<NameNode> { storage.pointee.nameNodes }
  var nameTargets: UnsafeBufferPointer<UInt16> { storage.pointee.nameTargets }
  var nameCodes: UnsafePointer<UInt8> { storage.pointee.nameCodes }
  var nameStarts: UnsafePointer<UInt16> { storage.pointee.nameStarts }
  var nameWithinBytes: Int { storage.pointee.nameWithinBytes }
  var nameLongestBytes: Int { storage.pointee.nameLongestBytes }
  /// What all context rules begin with, but for some of their forms: so many bytes of a class.
  var valueClass: UInt8 { storage.pointee.valueClass }
  var valueLeastBytes: Int { storage.pointee.valueLeastBytes }
  /// The forms of context rules that may have fewer, and what they begin with.
  var shortForms: UnsafeBufferPointer<UInt16> { storage.pointee.shortForms }
  var shortSet: UInt16 { storage.pointee.shortSet }
  var prefixes: UnsafeBufferPointer<PrefixRecord> { storage.pointee.prefixes }
  var places: UnsafeBufferPointer<UInt16> { storage.pointee.places }
  var sets: UnsafeBufferPointer<UInt64> { storage.pointee.sets }
  var widestBytes: Int { storage.pointee.widestBytes }
  var holdBytes: Int { storage.pointee.holdBytes }
  /// How many run caches a scan needs.
  var cacheCount: Int { storage.pointee.cacheCount }

  /// A record where it stands: the hot path reads a field or two of it (copied whole, it took a third of the time of false starts).
  @inline(__always)
  func form(at index: UInt16) -> UnsafePointer<FormRecord> {
    precondition(Int(index) < forms.count)
    return forms.baseAddress! + Int(index)
  }

  /// The first of a form's elements; the others follow.
  @inline(__always)
  func elements(of form: UnsafePointer<FormRecord>) -> UnsafePointer<ElementRecord> {
    let first = Int(form.pointee.firstElement)
    precondition(first + Int(form.pointee.elementCount) <= elements.count)
    return elements.baseAddress! + first
  }

  @inline(__always)
  func rule(of form: UnsafePointer<FormRecord>) -> UnsafePointer<RuleRecord> {
    let index = Int(form.pointee.rule)
    precondition(index < rules.count)
    return rules.baseAddress! + index
  }

  /// The byte belongs to a class: one bit of the byte's word.
  @inline(__always)
  func contains(_ byte: UInt8, in classIndex: UInt8) -> Bool {
    classes[Int(byte)] >> UInt64(classIndex) & 1 == 1
  }

  /// The byte belongs to one of these classes.
  @inline(__always)
  func contains(_ byte: UInt8, inAnyOf classes: UInt64) -> Bool {
    self.classes[Int(byte)] & classes != 0
  }

  @inline(__always)
  func contains(_ byte: UInt8, inSet set: UInt16) -> Bool {
    sets[Int(set) * 4 + Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1
  }

  func byteSet(_ set: UInt16) -> ByteSet {
    ByteSet(words: sets[Int(set) * 4..<Int(set) * 4 + 4])
  }
}
