internal import Glibc

/// The patterns of one ignore file, in the order of their lines; or those of `--glob`.
package final class IgnoreFile: Sendable {
  package enum Verdict: Sendable {
    case isLeftOut
    /// A pattern with `!` takes it back.
    case isKept
  }

  /// All is held against every name below; git itself reads up to 100 MB.
  private static let mostBytes = 1 << 20

  private let patterns: [IgnorePattern]
  private let texts: [UInt8]
  private let tokens: [Wildcards.Token]

  /// The lines of a file: empty ones, comments, and trailing blanks without a backslash say nothing.
  package convenience init(lines bytes: [UInt8]) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let lines = bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0)
    self.init(patterns: lines.split(separator: UInt8(ascii: "\n")).compactMap(Self.pattern))
  }

  /// - Parameter patterns: of which the last that matches speaks.
  init(patterns lines: [ArraySlice<UInt8>]) {
    var (texts, tokens): ([UInt8], [Wildcards.Token]) = ([], [])
    patterns = lines.compactMap { IgnorePattern($0, &texts, &tokens) }
    self.texts = texts
    self.tokens = tokens
  }

  var isEmpty: Bool { patterns.isEmpty }

  /// What a line has of a pattern; nil if nothing.
  private static func pattern(in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard line.first != UInt8(ascii: "#") else { return nil }
    var line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    // To git a line ends at a zero.
    line = line.prefix { $0 != 0 }
    var end = line.startIndex
    var isEscaped = false
    for (index, byte) in zip(line.indices, line) {
      if isEscaped || byte != UInt8(ascii: " ") { end = index + 1 }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    return end == line.startIndex ? nil : line[..<end]
  }

  /// Reads a file.
  ///
  /// - Parameter isInTree: a link is none then.
  /// - Returns: nil where there is none.
  convenience init?(at path: Path, isInTree: Bool) throws(InputError) {
    guard (try? path.kind(isFollowed: !isInTree)) == DT_REG else { return nil }
    guard let bytes = try path.contents(mostBytes: Self.mostBytes) else {
      throw .tooLongIgnoreFile(path, mostBytes: Self.mostBytes)
    }
    self.init(lines: bytes)
  }

  /// What the last pattern that matches says; nil when none does.
  ///
  /// - Parameters:
  ///   - path: from the folder of the file on, without a slash at its ends.
  ///   - name: where its last name begins.
  package func verdict(
    on path: UnsafeBufferPointer<UInt8>.SubSequence, name: Int, isDirectory: Bool
  ) -> Verdict? {
    texts.withUnsafeBufferPointer { texts in
      tokens.withUnsafeBufferPointer { tokens in
        patterns.withUnsafeBufferPointer { patterns in
          for index in patterns.indices.reversed() {
            let pattern = patterns[index]
            if pattern.isForDirectories, !isDirectory { continue }
            let isMatch = Self.matches(
              pattern, path, name: name, text: texts[pattern.text], tokens[pattern.wildcards])
            if isMatch { return pattern.isNegated ? .isKept : .isLeftOut }
          }
          return nil
        }
      }
    }
  }

  @inline(__always)
  private static func matches(
    _ pattern: IgnorePattern, _ path: Slice<UnsafeBufferPointer<UInt8>>, name: Int,
    text: Slice<UnsafeBufferPointer<UInt8>>, _ tokens: Slice<UnsafeBufferPointer<Wildcards.Token>>
  ) -> Bool {
    let start = pattern.form == .path ? path.startIndex : name
    guard path.endIndex - start >= text.count else { return false }
    switch pattern.form {
    case .name: return path.endIndex - start == text.count && same(text, path, from: start)
    case .nameEnd: return same(text, path, from: path.endIndex - text.count)
    case .nameForm, .path:
      guard same(text, path, from: start) else { return false }
      let rest = path[(start + text.count)...]
      return tokens.isEmpty ? rest.isEmpty : Wildcards.matches(tokens, rest)
    }
  }

  @inline(__always)
  private static func same(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, _ path: Slice<UnsafeBufferPointer<UInt8>>,
    from start: Int
  ) -> Bool {
    guard let first = text.first else { return true }
    return first == path[start]
      && memcmp(
        text.base.baseAddress! + text.startIndex, path.base.baseAddress! + start, text.count) == 0
  }
}
