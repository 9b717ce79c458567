public import WeirCore

/// Keeps everything: findings, and the output with masks in place.
public struct RecordingSink: Sink {
  let maskText: (Finding, UInt64) -> [UInt8]
  public private(set) var findings: [Finding] = []
  public private(set) var output: [UInt8] = []
  /// The order of calls and the sums of bytes are as promised.
  private(set) var maskCount = 0

  public init(maskText: @escaping (Finding, UInt64) -> [UInt8]) {
    self.maskText = maskText
  }

  public mutating func clean(_ bytes: UnsafeRawBufferPointer) {
    output += bytes
  }

  public mutating func finding(_ finding: Finding) {
    findings.append(finding)
  }

  public mutating func mask(_ finding: Finding, byteCount: UInt64) {
    maskCount += 1
    precondition(findings.last == finding && maskCount == findings.count, "a mask without finding")
    output += maskText(finding, byteCount)
  }
}

/// What a scan said and wrote.
public struct ScanResult: Equatable, Sendable {
  public var findings: [Finding]
  public var output: [UInt8]
}

/// Ways to write a mask.
public enum MaskMode: CaseIterable, Sendable {
  static func ruleText(_ ruleID: String) -> [UInt8] {
    MaskText.head + [UInt8(ascii: "_")] + ruleID.utf8
  }

  case rule
  case ruleAndFingerprint
  case fixed
  case stars

  func text(_ ruleID: String, _ finding: Finding, _ count: Int) -> [UInt8] {
    switch self {
    case .rule: Self.ruleText(ruleID)
    case .ruleAndFingerprint:
      Array(
        "WEIR_REDACTED_\(ruleID)_\(finding.fingerprint?.description ?? "0123456789abcdef")".utf8)
    case .fixed: Array("WEIR_REDACTED".utf8)
    case .stars: Array(repeating: UInt8(ascii: "*"), count: count)
    }
  }
}

/// Scans an input that comes in pieces.
public func scan(
  _ chunks: some Sequence<ArraySlice<UInt8>>, policy: Policy = .redact,
  catalogue: Catalogue = BuiltIn.catalogue, mask: MaskMode = .rule
) throws -> ScanResult {
  var sink = RecordingSink { finding, count in
    mask.text(catalogue.ruleID(finding.rule), finding, Int(count))
  }
  var scanner = try Scanner(catalogue: catalogue, policy: policy)
  var total = 0
  for chunk in chunks {
    let room = scanner.room(for: chunk.count)
    chunk.withUnsafeBytes { room.copyMemory(from: $0) }
    scanner.append(count: chunk.count)
    try scanner.advance(into: &sink)
    total += chunk.count
  }
  try scanner.finish(into: &sink)
  let counts = scanner.counts
  guard counts.scannedBytes == total, counts.withheldBytes == 0,
    counts.cleanBytes + counts.maskedBytes == total
  else { throw ReceiptError(counts: counts, total: total) }
  return ScanResult(findings: sink.findings, output: sink.output)
}

public func scan(
  _ bytes: [UInt8], policy: Policy = .redact, catalogue: Catalogue = BuiltIn.catalogue,
  mask: MaskMode = .rule
) throws -> ScanResult {
  try scan([bytes[...]], policy: policy, catalogue: catalogue, mask: mask)
}

/// Takes everything and keeps nothing.
public struct NoSink: Sink {
  public init() {}
  public mutating func clean(_ bytes: UnsafeRawBufferPointer) {}
  public mutating func finding(_ finding: Finding) {}
  public mutating func mask(_ finding: Finding, byteCount: UInt64) {}
}

/// The sums of the receipt differ.
public struct ReceiptError: Error {
  public var counts: Scanner.Counts
  public var total: Int
}
