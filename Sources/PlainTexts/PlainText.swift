internal import WeirSpecimens

/// Text as programs and people make it every day, without a credential in it. The same seed makes the same bytes, on every machine.
///
/// It is there to be counted on: what looking for rules costs where there is nothing to find. So it has what rules are looked for by, as often as real text has it: names
/// that end in key and token, hashes, ids, providers' names, long runs of base64.
public enum PlainText: String, CaseIterable, Sendable {
  /// System logs, JSON lines of services, and the access log of a web server.
  case logs
  /// Functions, settings and tests in four languages.
  case code
  /// Lock files of package managers: names, versions and digests.
  case locks
  /// Images in base64: in a style sheet, in JSON, and in lines of 76 as in mail.
  case base64

  /// At least `byteCount` bytes, to the end of a line.
  public func bytes(_ byteCount: Int, seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount + 1 << 16)
    var turn = 0
    while bytes.count < byteCount {
      let text =
        switch self {
        case .logs: LogWriter.line(turn: turn, &random)
        case .code: CodeWriter.passage(&random)
        case .locks: LockWriter.package(turn: turn, &random)
        case .base64: ImageWriter.image(&random)
        }
      bytes += text.utf8
      bytes.append(0x0A)
      turn += 1
    }
    return bytes
  }
}

extension SplitMix64 {
  private static let hexDigits = Array("0123456789abcdef")
  private static let base64Digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

  mutating func hex(_ count: Int) -> String {
    String((0..<count).map { _ in pick(Self.hexDigits) })
  }

  mutating func base64(_ count: Int) -> String {
    String((0..<count).map { _ in pick(Self.base64Digits) })
  }

  mutating func uuid() -> String {
    [8, 4, 4, 4, 12].map { hex($0) }.joined(separator: "-")
  }

  /// From `low` to `high`.
  mutating func number(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }

  mutating func words(_ count: Int) -> String {
    (0..<count).map { _ in pick(Words.common) }.joined(separator: " ")
  }

  /// `a_b`, `aB` or `a-b`.
  mutating func name(joinedBy separator: String? = nil) -> String {
    let parts = (0..<number(1, 2)).map { _ in pick(Words.things) } + [pick(Words.endings)]
    guard separator != "" else {
      return parts[0]
        + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
    return parts.joined(separator: separator ?? "_")
  }
}
