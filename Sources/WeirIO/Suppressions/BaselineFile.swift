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
    let draft = try draft(of: baseline, for: file)
    do throws(SystemError) { try draft.appear(as: file) } catch {
      throw error == EEXIST ? .exists(file) : .cannotWrite(file, error)
    }
  }

  /// Puts a file in the place of the one that is there, at once, and with its permissions.
  public static func replace(_ baseline: Baseline, at path: Path) throws(SuppressionError) {
    // Where it is a link, what it leads to.
    let file = path.real.map { Path($0) } ?? path
    var status = stat()
    guard file.withCString({ stat($0, &status) }) == 0 else { throw .cannotWrite(path, .last) }
    let draft = try draft(of: baseline, for: file)
    do throws(SystemError) {
      try draft.permit(status.st_mode & 0o777)
      try draft.replace(file)
    } catch { throw .cannotWrite(path, error) }
  }

  private static func draft(
    of baseline: Baseline, for file: Path
  ) throws(SuppressionError) -> DraftFile {
    do throws(OutputError) {
      return try DraftFile(of: text(of: baseline), for: file, mode: 0o600)
    } catch { throw .cannotWrite(file, error.system) }
  }
}
