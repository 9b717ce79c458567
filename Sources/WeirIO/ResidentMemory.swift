/// The memory that this process has in use.
public enum ResidentMemory {
  /// The most there was at a time so far; nil where the system does not say. (`getrusage` would tell that of the parent where that had more.)
  public static var mostBytes: UInt64? {
    guard let status = try? Path("/proc/self/status").contents(mostBytes: 1 << 16) else {
      return nil
    }
    let line = status.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: "VmHWM:".utf8) }
    let digits = line?.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return digits.flatMap { UInt64(String(decoding: $0, as: UTF8.self)) }.map { $0 << 10 }
  }
}
