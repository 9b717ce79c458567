/// The line that a finding begins on, masked: what of it stands within `mostBytes` before the secret and behind it.
public struct LineExcerpt: Sendable {
  public static let mostBytes = 4096

  /// The line, and what is known of the text before it.
  private let bytes: [UInt8]
  private let known: Range<Int>
  private let lineStart: Int
  private let maskRange: Range<Int>

  /// - Parameters:
  ///   - bytes: text whose secrets are masked.
  ///   - lineStart: where the line begins in it, or, of one that begins farther away, what is known of it.
  ///   - lineEnd: where the line ends, or ends to be known.
  init(_ bytes: [UInt8], lineStart: Int, lineEnd: Int, mask: Range<Int>) {
    self.bytes = bytes
    known =
      max(mask.lowerBound - Self.mostBytes, 0)..<min(lineEnd, mask.upperBound + Self.mostBytes)
    self.lineStart = max(lineStart, known.lowerBound)
    maskRange = mask
  }

  /// The line, without its newline.
  public var text: ArraySlice<UInt8> { bytes[lineStart..<known.upperBound] }
  public var before: ArraySlice<UInt8> { bytes[lineStart..<maskRange.lowerBound] }
  /// What stands for the secret: `ghp_****`.
  public var mask: ArraySlice<UInt8> { bytes[maskRange] }
  public var after: ArraySlice<UInt8> { bytes[maskRange.upperBound..<known.upperBound] }

  /// What is known of the line before, without its newline; nil where there is none.
  public var previous: ArraySlice<UInt8>? {
    guard lineStart > known.lowerBound else { return nil }
    return bytes[previousStart..<lineStart - 1]
  }

  private var previousStart: Int {
    guard lineStart > known.lowerBound else { return lineStart }
    return bytes.lastNewline(in: known.lowerBound..<lineStart - 1).map { $0 + 1 }
      ?? known.lowerBound
  }

  /// The same, with no more memory than it needs.
  func compact() -> LineExcerpt {
    let start = previousStart
    return LineExcerpt(
      Array(bytes[start..<known.upperBound]), lineStart: lineStart - start,
      lineEnd: known.upperBound - start,
      mask: maskRange.lowerBound - start..<maskRange.upperBound - start)
  }

  var footprintBytes: Int { bytes.count }
}

extension Array<UInt8> {
  /// Where the last newline stands among these bytes.
  func lastNewline(in range: Range<Int>) -> Int? {
    withUnsafeBufferPointer { bytes in
      var place = range.upperBound
      while place > range.lowerBound {
        place -= 1
        if bytes[place] == UInt8(ascii: "\n") { return place }
      }
      return nil
    }
  }
}
