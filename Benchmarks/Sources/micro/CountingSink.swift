internal import WeirCore

/// Counts findings and forgets them.
struct CountingSink: Sink {
  var findings = 0

  mutating func clean(_ bytes: UnsafeRawBufferPointer) {}
  mutating func finding(_ finding: Finding) { findings += 1 }
  mutating func mask(_ finding: Finding, byteCount: UInt64) {}
}
