internal import CWeir
internal import WeirCore
internal import WeirWorkers

/// The options of an engine, ready to scan with, and what has scanned with them and is free. An engine has one at a time; `weir_engine_reload` makes another.
final class Setup: Sendable {
  let table: RuleTable
  let mask: MaskWriter
  let mostMemoryBytes: Int
  /// Setups of one engine, counted from 0.
  let number: UInt64
  private let redactPolicy: Policy
  private let scanPolicy: Policy
  private let redactPool = Pool()
  private let scanPool = Pool()

  init(_ given: UnsafePointer<weir_engine_options>?, number: UInt64) throws(Refusal) {
    let defaults = weir_engine_options(
      size: 0, packs: nil, rules: nil, without_rules: nil, min_confidence: WEIR_MEDIUM,
      mask: WEIR_MASK_RULE, key: nil, key_bytes: 0, most_memory_bytes: 0, catalogue_path: nil,
      catalogue: nil, catalogue_bytes: 0)
    let options = try weir_engine_options.read(given, defaults: defaults)
    guard let confidence = UInt8(exactly: options.min_confidence.rawValue).flatMap(Confidence.init),
      let style = MaskStyle(options.mask)
    else { throw .invalid }
    var policy = Policy(minConfidence: confidence)
    if let key = options.key {
      guard options.key_bytes >= 0,
        let key = FingerprintKey(
          copying: UnsafeRawBufferPointer(start: key, count: options.key_bytes))
      else { throw .invalid }
      policy.key = key
    } else if style == .hash || options.key_bytes > 0 {
      throw .invalid
    }
    table = try options.ruleTable()
    policy.reported = try options.chosen(of: table.rules, from: confidence)
    scanPolicy = policy
    policy.keepsRefuted = true
    redactPolicy = policy
    mask = MaskWriter(style: style, catalogue: table.catalogue)
    mostMemoryBytes = count(options.most_memory_bytes) ?? .max
    self.number = number
  }

  /// A worker for one call, or for a stream as long as a secret is open in it. The caller owns it, and gives it back.
  func worker(for mode: weir_mode, tallies: Tallies) throws(ScanError) -> Unmanaged<Worker> {
    if let worker = pool(of: mode).take() { return worker }
    let worker = try Worker(
      catalogue: table.catalogue, policy: mode == WEIR_SCAN ? scanPolicy : redactPolicy,
      mask: mask, tallies: tallies)
    return .passRetained(worker)
  }

  /// It is free: restarted.
  func giveBack(_ worker: Unmanaged<Worker>, of mode: weir_mode) { pool(of: mode).put(worker) }

  /// Another setup is the current one: what is free is given back, and nothing is kept any more.
  func retire() {
    redactPool.close()
    scanPool.close()
  }

  func pool(of mode: weir_mode) -> Pool { mode == WEIR_SCAN ? scanPool : redactPool }
}

extension MaskStyle {
  init?(_ mask: weir_mask) {
    switch mask {
    case WEIR_MASK_RULE: self = .rule
    case WEIR_MASK_FIXED: self = .fixed
    case WEIR_MASK_STARS: self = .stars
    case WEIR_MASK_HASH: self = .hash
    default: return nil
    }
  }
}

extension weir_engine_options {
  /// The rules of the catalogue, or the built-in ones.
  fileprivate func ruleTable() throws(Refusal) -> RuleTable {
    switch (catalogue_path, catalogue) {
    case (nil, nil) where catalogue_bytes == 0: return try .builtIn()
    case (let path?, nil) where catalogue_bytes == 0:
      let file = try CatalogueFile(reading: path)
      return try RuleTable(compiling: file.bytes)
    case (nil, let bytes?) where catalogue_bytes >= 0:
      return try RuleTable(compiling: UnsafeRawBufferPointer(start: bytes, count: catalogue_bytes))
    default: throw .invalid
    }
  }

  /// The rules that are left, some of them as sure as this; nil when none is named.
  fileprivate func chosen(of all: [Rule], from least: Confidence) throws(Refusal) -> RuleSet? {
    let (packs, ids) = (names(in: self.packs), names(in: rules))
    let others = names(in: without_rules)
    if packs.isEmpty, ids.isEmpty, others.isEmpty { return nil }
    guard let choice = try? RuleChoice(of: all, packs: packs, ids: ids, without: others),
      !choice.isEmpty(from: least)
    else { throw Refusal(status: WEIR_NO_RULE) }
    return RuleSet(choice.indices)
  }
}

/// `ai, cloud` as a list; null as an empty one.
private func names(in list: UnsafePointer<CChar>?) -> [String] {
  guard let list else { return [] }
  return String(cString: list).split { $0 == "," || $0 == " " }.map(String.init)
}
