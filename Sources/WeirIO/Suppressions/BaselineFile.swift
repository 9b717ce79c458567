internal import FoundationEssentials
internal import Glibc
internal import WeirCore

/// A baseline as a file: a JSON object a line, of which the first has the salt and the others an entry each, in their order.
public enum BaselineFile {
  private static let mostBytes = 256 << 20
  private static let version = 1
  private static let hashDigits = 32

  private struct Head: Decodable {
    var version: Int
    var salt: String

    enum CodingKeys: String, CodingKey {
      case version = "weir_baseline"
      case salt
    }
  }

  private struct Line: Decodable {
    var rule: String
    var path: String
    var hash: String
    var count: UInt64
  }

  public static func read(_ file: Path) throws(SuppressionError) -> Baseline {
    let bytes = try file.suppressionFile(mostBytes: mostBytes)
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.popLast()?.isEmpty == true else {
      throw .damaged(file, line: lines.count + 1, reason: "is no whole line: the end is missing")
    }
    guard let head = decode(Head.self, lines.first ?? []),
      let salt = Hex.decode(head.salt), salt.count == Baseline.saltBytes
    else {
      throw .damaged(
        file, line: 1, reason: "expected weir_baseline and salt, as `weir baseline` writes them")
    }
    guard head.version == version else {
      throw .damaged(
        file, line: 1, reason: "is of version \(head.version), this Weir reads \(version)")
    }
    var baseline = Baseline(salt: salt, counts: [:])
    for (number, text) in zip(2..., lines.dropFirst()) {
      guard let line = decode(Line.self, text), line.hash.utf8.count == hashDigits,
        Hex.decode(line.hash) != nil, line.count > 0
      else {
        throw .damaged(
          file, line: number, reason: "expected rule, path, hash of \(hashDigits) digits, and count"
        )
      }
      let entry = Baseline.Entry(path: line.path, rule: line.rule, hash: line.hash.lowercased())
      // Of a merge that took both lines.
      baseline.counts[entry] = max(baseline.counts[entry] ?? 0, line.count)
    }
    return baseline
  }

  private static func decode<Value: Decodable>(
    _ type: Value.Type, _ line: ArraySlice<UInt8>
  ) -> Value? {
    try? JSONDecoder().decode(type, from: Data(line))
  }

  private static func text(of baseline: Baseline) -> [UInt8] {
    var text = "{\"weir_baseline\":\(version),\"salt\":\"\(Hex.text(of: baseline.salt))\"}\n"
    for (entry, count) in baseline.entries {
      text += "{\"rule\":\(JSONText.quoted(entry.rule)),\"path\":\(JSONText.quoted(entry.path)),"
      text += "\"hash\":\"\(entry.hash)\",\"count\":\(count)}\n"
    }
    return Array(text.utf8)
  }

  /// Writes a file that must not be there yet.
  public static func create(_ baseline: Baseline, at file: Path) throws(SuppressionError) {
    let new = try temporary(baseline, beside: file)
    defer { new.withCString { _ = unlink($0) } }
    let linked = new.withCString { new in file.withCString { link(new, $0) } }
    guard linked != 0 else { return }
    throw errno == EEXIST ? .exists(file) : .cannotWrite(file, .last)
  }

  /// Puts a file in the place of the one that is there, at once, and with its permissions.
  public static func replace(_ baseline: Baseline, at path: Path) throws(SuppressionError) {
    // Where it is a link, what it leads to.
    let file = path.real.map { Path($0) } ?? path
    var status = stat()
    guard file.withCString({ stat($0, &status) }) == 0 else { throw .cannotWrite(path, .last) }
    let new = try temporary(baseline, beside: file, mode: status.st_mode & 0o777)
    let moved = new.withCString { new in file.withCString { rename(new, $0) } }
    guard moved != 0 else { return }
    let error = SystemError.last
    new.withCString { _ = unlink($0) }
    throw .cannotWrite(path, error)
  }

  /// All of it, on the disk, under a name of its own.
  private static func temporary(
    _ baseline: Baseline, beside file: Path, mode: mode_t = 0o600
  ) throws(SuppressionError) -> Path {
    let name = Path(file.bytes + Array(".\(UInt64.random(in: 1 << 60 ... .max))".utf8))
    do throws(SystemError) {
      let descriptor = try Descriptor.open(name, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
      defer { close(descriptor) }
      do throws(SystemError) {
        try write(text(of: baseline), to: descriptor)
        guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else { throw .last }
      } catch {
        name.withCString { _ = unlink($0) }
        throw error
      }
    } catch { throw .cannotWrite(file, error) }
    return name
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    signal(SIGXFSZ, SIG_IGN)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw .last }
    }
  }
}
