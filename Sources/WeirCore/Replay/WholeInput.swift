/// One input as a whole, for those who ask why or how much. Its memory is wiped when it is given back.
package struct WholeInput: ~Copyable {
  private var window = Window()

  package init() {}

  package init(_ bytes: some Collection<UInt8>) {
    window.room(for: bytes.count).copyBytes(from: bytes)
    window.append(count: bytes.count)
  }

  /// Room for at least `count` more bytes: as much again as there are, so that filling it copies each byte twice at most.
  package mutating func room(for count: Int) -> UnsafeMutableRawBufferPointer {
    window.room(for: max(count, Int(window.end)))
  }

  /// `count` bytes were written into the room.
  package mutating func append(count: Int) { window.append(count: count) }

  package var byteCount: Int { Int(window.end) }

  var view: View { window.view(isFinal: true) }

  /// The same as if it ended at `end`, which is above 0.
  func view(before end: UInt64) -> View {
    let view = view
    guard end < view.end, end > 0 else { return view }
    return View(
      bytes: view.pointer(to: 0, below: end), start: 0, end: end, isFirst: true, isFinal: true)
  }

  /// The findings of a scan of it.
  func findings(catalogue: Catalogue, policy: Policy) throws(ScanError) -> [Finding] {
    var findings = Findings()
    var scanner = try Scanner(catalogue: catalogue, policy: policy)
    scanner.room(for: byteCount).copyMemory(from: view[0..<view.end])
    scanner.append(count: byteCount)
    try scanner.finish(into: &findings)
    return findings.all
  }
}

private struct Findings: Sink {
  private(set) var all: [Finding] = []

  mutating func clean(_ bytes: UnsafeRawBufferPointer) {}
  mutating func finding(_ finding: Finding) { all.append(finding) }
  mutating func mask(_ finding: Finding, byteCount: UInt64) {}
}
