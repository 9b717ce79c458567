/// How far a run has come, in words.
package struct ProgressText {
  /// Inputs that were read to their ends.
  package var inputCount: UInt64
  package var readBytes: UInt64
  /// All that is to be read, where it is known.
  package var wholeBytes: UInt64?
  package var nanoseconds: UInt64

  package init(
    inputCount: UInt64, readBytes: UInt64, wholeBytes: UInt64?, nanoseconds: UInt64
  ) {
    self.inputCount = inputCount
    self.readBytes = readBytes
    self.wholeBytes = wholeBytes
    self.nanoseconds = nanoseconds
  }

  /// `weir: 34 %, 1.2 GB of 3.4 GB, 340 MB/s, 0:07 left`, or `weir: 1204 inputs, 1.2 GB, 340 MB/s`: as much of it as there are columns.
  package func text(columnCount: Int) -> String {
    var parts: [String] = []
    // A file that grew is longer than it was.
    if let wholeBytes, wholeBytes >= readBytes, wholeBytes > 0 {
      parts.append("\(UInt64(Double(readBytes) / Double(wholeBytes) * 100)) %")
      parts.append("\(Self.size(readBytes)) of \(Self.size(wholeBytes))")
      parts.append("\(Self.size(bytesPerSecond))/s")
      if bytesPerSecond > 0 {
        parts.append("\(Self.time(seconds: (wholeBytes - readBytes) / bytesPerSecond)) left")
      }
    } else {
      if inputCount > 0 { parts.append("\(inputCount) \(inputCount == 1 ? "input" : "inputs")") }
      parts += [Self.size(readBytes), "\(Self.size(bytesPerSecond))/s"]
    }
    while true {
      let text = "weir: " + parts.joined(separator: ", ")
      if text.utf8.count <= columnCount || parts.isEmpty {
        return String(text.prefix(max(columnCount, 0)))
      }
      parts.removeLast()
    }
  }

  private var bytesPerSecond: UInt64 {
    nanoseconds == 0 ? 0 : UInt64(Double(readBytes) / Double(nanoseconds) * 1e9)
  }

  /// `999 B`, `1.2 KB`, `34 MB`: of 1,000 each, as rates are told.
  package static func size(_ bytes: UInt64) -> String {
    var tenths = bytes
    guard bytes >= 1000 else { return "\(bytes) B" }
    for unit in ["KB", "MB", "GB", "TB", "PB"] {
      tenths /= unit == "KB" ? 100 : 1000
      if tenths < 100 { return "\(tenths / 10).\(tenths % 10) \(unit)" }
      if tenths < 10_000 { return "\(tenths / 10) \(unit)" }
    }
    return "\(tenths / 10) PB"
  }

  /// `0:07`, `1:02:03`
  private static func time(seconds: UInt64) -> String {
    func two(_ number: UInt64) -> String { (number < 10 ? "0" : "") + "\(number)" }
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":" + two(seconds % 60)
  }
}
