/// Why a glob is none.
public struct GlobError: Error, CustomStringConvertible {
  let glob: String
  let reason: String

  public var description: String { "'\(glob)': \(reason)" }
}

/// The globs of a command line, as ripgrep reads them: patterns of ignore files turned round. One that is given is read, with
/// `!` it is not; the last that matches speaks, before any ignore file. When one without `!` is given, files that none matches
/// are not read.
///
/// `{a,b}` stands for either. With a slash in it, a glob is held against the path from the working directory on; of what is
/// not below that, from the directory named.
public struct Globs: Sendable {
  private static let mostPatterns = 1000

  private let file: IgnoreFile
  private let areSomeAskedFor: Bool

  /// - Returns: nil when there are none.
  public init?(_ globs: [String]) throws(GlobError) {
    guard !globs.isEmpty else { return nil }
    file = IgnoreFile(patterns: try Self.patterns(of: globs))
    areSomeAskedFor = globs.contains { !$0.hasPrefix("!") }
  }

  /// The patterns that globs stand for, in their order.
  static func patterns(of globs: [String]) throws(GlobError) -> [ArraySlice<UInt8>] {
    var patterns: [ArraySlice<UInt8>] = []
    for glob in globs {
      for var pattern in try expanded(glob) {
        // Only what the glob itself begins with negates it.
        if pattern.first == UInt8(ascii: "!"), !glob.hasPrefix("!") {
          pattern.insert(UInt8(ascii: "\\"), at: 0)
        }
        guard !IgnoreFile(patterns: [pattern[...]]).isEmpty else {
          throw GlobError(
            glob: glob, reason: "nothing can match it; see whether a bracket has its end")
        }
        patterns.append(pattern[...])
      }
    }
    guard patterns.count <= mostPatterns else {
      throw GlobError(glob: globs.last!, reason: "stands for too many; give fewer braces")
    }
    return patterns
  }

  enum Verdict { case isAskedFor, isLeftOut }

  /// - Returns: nil when the globs say nothing of it.
  func verdict(
    on path: Slice<UnsafeBufferPointer<UInt8>>, name: Int, isDirectory: Bool
  ) -> Verdict? {
    // Turned round: what an ignore file leaves out is what is asked for.
    switch file.verdict(on: path, name: name, isDirectory: isDirectory) {
    case .isLeftOut: .isAskedFor
    case .isKept: .isLeftOut
    case nil: areSomeAskedFor && !isDirectory ? .isLeftOut : nil
    }
  }

  /// What a glob stands for without its braces.
  private static func expanded(_ glob: String) throws(GlobError) -> [[UInt8]] {
    var results: [[UInt8]] = [[]]
    /// Of each brace that is open: what stood before it, and the alternatives so far.
    var open: [(before: [[UInt8]], alternatives: [[UInt8]])] = []
    var isEscaped = false
    var isInSet = false
    func append(_ byte: UInt8) { for index in results.indices { results[index].append(byte) } }
    for byte in glob.utf8 {
      if isEscaped || (isInSet && byte != UInt8(ascii: "]")) {
        isEscaped = false
        append(byte)
        continue
      }
      switch byte {
      case UInt8(ascii: "{"):
        open.append((results, []))
        results = [[]]
      case UInt8(ascii: ",") where !open.isEmpty:
        open[open.count - 1].alternatives += results
        results = [[]]
      case UInt8(ascii: "}") where !open.isEmpty:
        let (before, alternatives) = open.removeLast()
        let ends = alternatives + results
        guard before.count * ends.count <= mostPatterns else {
          throw GlobError(glob: glob, reason: "stands for too many; give fewer braces")
        }
        results = before.flatMap { start in ends.map { start + $0 } }
      default:
        isEscaped = byte == UInt8(ascii: "\\")
        isInSet = byte == UInt8(ascii: "[") || (isInSet && byte != UInt8(ascii: "]"))
        append(byte)
      }
    }
    guard open.isEmpty else { throw GlobError(glob: glob, reason: "a { has no }; or write \\{") }
    return results
  }
}
