internal import Glibc

/// Where an input is. What is asked of it is made when it is asked, for most findings are reported.
final class NamedPlace {
  private static let slash = UInt8(ascii: "/")

  /// The same however the input was come to: from the working directory on, or in a history from the repository's root; what lies elsewhere by its whole name.
  private(set) lazy var name = Self.name(of: path.bytes, here: commit == nil ? here : [])
  /// The name as text, with the secrets in it masked.
  private(set) lazy var text = Path(name).shownText
  /// It is standard input, a pipe or a device, or was packed in one.
  private(set) lazy var isStream = commit == nil && path.isOfStream
  /// Of a history, in hex digits.
  let commit: String?
  private let path: Path
  private let here: [UInt8]

  /// - Parameter here: the working directory; empty where it has no name.
  init(_ path: Path, _ appearance: Appearance?, here: [UInt8]) {
    self.path = path
    self.here = here
    commit = appearance?.commit
  }

  /// - Parameter here: the working directory; empty for none.
  static func name(of path: [UInt8], here: [UInt8]) -> [UInt8] {
    var parts = path.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
    guard path.first == slash else { return Array(parts.joined(separator: [slash])) }
    let above = here.split(separator: slash)
    guard !above.isEmpty, parts.starts(with: above, by: { $0.elementsEqual($1) }) else {
      return [slash] + Array(parts.joined(separator: [slash]))
    }
    parts.removeFirst(above.count)
    return Array(parts.joined(separator: [slash]))
  }

  /// The working directory by its real name; empty where it has none.
  static var here: [UInt8] { Path(".").real ?? [] }
}

extension Path {
  fileprivate var isOfStream: Bool {
    if isStandardInput || bytes.starts(with: Path.standardInput.member([]).bytes) { return true }
    let marks = bytes.indices.filter { bytes[$0] == UInt8(ascii: "!") }
    // The file that it was packed in is the longest name that there is.
    for end in [bytes.count] + marks.reversed() {
      if let kind = try? Path(Array(bytes[..<end])).kind(isFollowed: true) {
        return kind != DT_REG && kind != DT_DIR
      }
    }
    return false
  }
}
