/// Patterns of ignore files, and braces, that are held against whole names. The last that stands for the name, or for a folder that it lies in, counts;
/// with `!` it takes back.
struct PathPatterns: Sendable {
  private static let slash = UInt8(ascii: "/")

  /// One pattern each, the last first.
  private let files: [IgnoreFile]

  init(_ globs: [String]) throws(GlobError) {
    files = try Globs.patterns(of: globs).reversed().map { IgnoreFile(patterns: [$0]) }
  }

  /// - Parameter name: from where the patterns count on.
  func contains(_ name: [UInt8]) -> Bool {
    name.withUnsafeBufferPointer { name in
      for file in files {
        if let verdict = Self.verdict(of: file, on: name) { return verdict == .isLeftOut }
      }
      return false
    }
  }

  private static func verdict(
    of file: IgnoreFile, on name: UnsafeBufferPointer<UInt8>
  ) -> IgnoreFile.Verdict? {
    var path = name[(name.first == slash ? 1 : 0)...]
    var isDirectory = false
    while !path.isEmpty {
      let last = path.lastIndex(of: slash)
      let verdict = file.verdict(
        on: path, name: last.map { $0 + 1 } ?? path.startIndex, isDirectory: isDirectory)
      if let verdict { return verdict }
      path = path[..<(last ?? path.startIndex)]
      isDirectory = true
    }
    return nil
  }
}
