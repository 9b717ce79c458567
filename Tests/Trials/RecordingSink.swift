public import WeirCore

/// Keeps everything: findings, and the output with masks in place.
public struct RecordingSink: Sink {
  let maskText: (Finding, UInt64) -> [UInt8]
  public private(set) var findings: [Finding] = []
  public private(set) var output: [UInt8] = []
  /// The order of calls and the sums of bytes are as promised.
  private(set) var maskCount = 0
  /// Masks of what a rule could not judge, which are of no finding.
  private(set) var unjudgedCount = 0

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
    if maskCount == findings.count {
      unjudgedCount += 1
    } else {
      maskCount += 1
      precondition(
        findings.last == finding && maskCount == findings.count, "a mask without finding")
    }
    output += maskText(finding, byteCount)
  }
}

/// What a scan said and wrote.
public struct ScanResult: Equatable, Sendable {
  public var findings: [Finding]
  public var output: [UInt8]

  /// A finding holds the whole of a secret.
  public func covers(_ secret: Range<Int>) -> Bool {
    findings.contains {
      Int($0.start) <= secret.lowerBound && secret.upperBound <= Int($0.end)
    }
  }
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
    scanner.take(chunk)
    try scanner.advance(into: &sink)
    total += chunk.count
  }
  return try finish(&scanner, into: &sink, total: total)
}

/// As `scan`, but from one piece on they come as blocks that are searched before their turn: several together, the last first. Every other time
/// who searches them reads them too.
public func scanInBlocks(
  _ chunks: [ArraySlice<UInt8>], from first: Int = 0, together: Int = 3, policy: Policy = .redact,
  catalogue: Catalogue = BuiltIn.catalogue, mask: MaskMode = .rule
) throws -> ScanResult {
  var sink = RecordingSink { finding, count in
    mask.text(catalogue.ruleID(finding.rule), finding, Int(count))
  }
  var scanner = try Scanner(catalogue: catalogue, policy: policy)
  for chunk in chunks.prefix(first) {
    scanner.take(chunk)
    try scanner.advance(into: &sink)
  }
  let rest = chunks.dropFirst(first)
  let search = try BlockSearch(catalogue: catalogue, countsLines: policy.countsLines)
  let longest = rest.map(\.count).max() ?? 0
  let blocks = (0..<together).map { _ in Block(byteCount: longest, for: catalogue) }
  var seam = scanner.seam()
  for start in stride(from: rest.startIndex, to: rest.endIndex, by: together) {
    let filled = Array(zip(blocks, rest[start...]))
    let isLoaded = (start - rest.startIndex) / together % 2 == 1
    var expectedEnd = seam.end
    for (block, chunk) in filled {
      if isLoaded {
        block.expect(
          count: chunk.count, at: expectedEnd,
          seamBytes: min(seam.count + Int(expectedEnd - seam.end), seam.capacity))
        expectedEnd += UInt64(chunk.count)
      } else {
        let room = block.room()
        chunk.withUnsafeBytes { room.copyMemory(from: $0) }
        block.fill(count: chunk.count, behind: &seam)
      }
    }
    for (index, (block, chunk)) in filled.enumerated().reversed() {
      if isLoaded {
        let text = end(of: chunks[..<(start + index)], most: seam.capacity) + chunk
        block.load { room in
          text.withUnsafeBytes { room.copyMemory(from: $0) }
          return true
        }
      }
      search.search(block)
    }
    for (block, _) in filled {
      if isLoaded { precondition(block.join(&seam), "what came before is what came before") }
      try scanner.advance(over: block, into: &sink)
    }
  }
  return try finish(&scanner, into: &sink, total: chunks.reduce(0) { $0 + $1.count })
}

/// The last bytes of an input.
private func end(of chunks: ArraySlice<ArraySlice<UInt8>>, most: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  for chunk in chunks.reversed() where bytes.count < most {
    bytes = chunk.suffix(most - bytes.count) + bytes
  }
  return bytes
}

/// As `scan`, but wherever the input can be paused the scanner is given to another one, of the bytes that come next, and takes it up again.
public func scanWithPauses(
  _ chunks: [ArraySlice<UInt8>], policy: Policy = .redact, catalogue: Catalogue = BuiltIn.catalogue,
  mask: MaskMode = .rule
) throws -> ScanResult {
  func sink() -> RecordingSink {
    RecordingSink { finding, count in
      mask.text(catalogue.ruleID(finding.rule), finding, Int(count))
    }
  }
  var result = sink()
  var scanner = try Scanner(catalogue: catalogue, policy: policy)
  var paused = PausedInput()
  for chunk in chunks {
    if scanner.pause(into: &paused) {
      var other = sink()
      scanner.restart()
      scanner.take(chunk)
      try scanner.advance(into: &other)
      scanner.restart()
      scanner.resume(paused)
    }
    scanner.take(chunk)
    try scanner.advance(into: &result)
  }
  return try finish(&scanner, into: &result, total: chunks.reduce(0) { $0 + $1.count })
}

extension Scanner {
  fileprivate mutating func take(_ bytes: ArraySlice<UInt8>) {
    let room = room(for: bytes.count)
    bytes.withUnsafeBytes { room.copyMemory(from: $0) }
    append(count: bytes.count)
  }
}

private func finish(
  _ scanner: inout Scanner, into sink: inout RecordingSink, total: Int
) throws -> ScanResult {
  try scanner.finish(into: &sink)
  let counts = scanner.counts
  guard counts.scannedBytes == total, counts.withheldBytes == 0,
    counts.cleanBytes + counts.maskedBytes == total,
    sink.unjudgedCount == 0 || !scanner.unjudgedWindows.isEmpty
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
