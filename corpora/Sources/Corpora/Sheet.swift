internal import WeirSpecimens

/// Text as it is written: bytes of a file not yet delivered, chance, the time, and the labels of what was put in.
struct Sheet {
  var bytes: [UInt8] = []
  var random: SplitMix64
  var clock: Clock
  private(set) var labels: [Label] = []
  /// Bytes of the file that were delivered already.
  private var deliveredBytes: UInt64 = 0
  private let dress: Dress
  private(set) var file = ""

  /// The first time of any text: 2026-11-01, and up to a month later.
  private static let beginning: UInt64 = 1_793_491_200_000_000

  init(dress: Dress, seed: UInt64) {
    self.dress = dress
    random = SplitMix64(seed: seed)
    clock = Clock(microseconds: Self.beginning + random.next() % 2_592_000_000_000)
    bytes.reserveCapacity(1 << 19)
  }

  /// Bytes of the file so far.
  var count: UInt64 { deliveredBytes + UInt64(bytes.count) }

  mutating func open(_ file: String) {
    precondition(bytes.isEmpty)
    self.file = file
    deliveredBytes = 0
  }

  /// All that was written since the last time leaves.
  mutating func deliver(to sink: inout some CorpusSink) throws {
    try sink.write(bytes)
    for label in labels { try sink.add(label) }
    deliveredBytes += UInt64(bytes.count)
    bytes.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
  }

  // MARK: Credentials

  /// The credential, with the name or word that goes before it.
  mutating func put(_ leak: Leak) {
    put(leak.credential, in: leak.slot)
  }

  private mutating func put(_ credential: Credential, in slot: Slot) {
    spell(slot.open)
    switch credential.introduction {
    case .none:
      // In prose people paste it bare as often as not.
      if !slot.isText || random.below(2) == 0 { name(credential.name, slot) }
    case .name: name(credential.name, slot)
    case .cue(let cue, let inProse, let asName):
      if slot.isText, inProse, !asName || random.below(2) == 0 {
        spell(cue)
        // A call has its argument right behind it.
        if cue.last != " ", cue.last != "(" { byte(0x20) }
      } else {
        name(cue.split(separator: " ").map(String.init), slot, isPartedAlways: true)
      }
    case .pair(let first):
      name(first.credential.name, slot)
      write(first.credential, in: slot)
      spell(slot.close)
      spell(slot.joint)
      spell(slot.open)
      name(["value"], slot)
    }
    write(credential, in: slot)
    spell(slot.close)
  }

  /// The form; its secret is labelled.
  private mutating func write(_ credential: Credential, in slot: Slot) {
    let form = credential.form
    spell(credential.lead)
    let end = Array((slot.lineEnd ?? "\n").utf8)
    func written(_ part: Range<Int>) -> [UInt8] {
      form[part].flatMap { $0 == 0x0A ? end : [$0] }
    }
    bytes += written(0..<credential.secret.lowerBound)
    let start = count
    let secret = written(credential.secret)
    bytes += secret
    labels.append(
      Label(
        rule: credential.rule, dress: dress, file: file, range: start..<count, written: secret))
    bytes += written(credential.secret.upperBound..<form.count)
  }

  /// - Parameter isPartedAlways: the parts of a cue are not run together.
  private mutating func name(_ parts: [String], _ slot: Slot, isPartedAlways: Bool = false) {
    switch slot.naming {
    case .camel where isPartedAlways: spell(parts, joinedBy: UInt8(ascii: "_"))
    case .none: return
    case .snake: spell(parts, joinedBy: UInt8(ascii: "_"))
    case .capitals: spell(parts.map { $0.uppercased() }, joinedBy: UInt8(ascii: "_"))
    case .kebab: spell(parts, joinedBy: UInt8(ascii: "-"))
    case .dotted: spell(parts, joinedBy: UInt8(ascii: "."))
    case .header: spell(["X"] + parts.map(Self.capitalised), joinedBy: UInt8(ascii: "-"))
    case .camel:
      spell(parts.prefix(1) + parts.dropFirst().map(Self.capitalised), joinedBy: nil)
    }
    spell(slot.sign)
  }

  private static func capitalised(_ part: String) -> String {
    part.prefix(1).uppercased() + part.dropFirst()
  }

  private mutating func spell(_ text: String) { bytes += text.utf8 }

  private mutating func spell(_ parts: [String], joinedBy joint: UInt8?) {
    for (index, part) in parts.enumerated() {
      if index > 0, let joint { byte(joint) }
      bytes += part.utf8
    }
  }
}

/// A credential and the slot it stands in.
struct Leak {
  let credential: Credential
  let slot: Slot
  /// The number of the slot among those of the dress.
  let place: Int
}
