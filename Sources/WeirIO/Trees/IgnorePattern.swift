/// One pattern, as git reads it: which names it stands for, and whether it leaves out or takes back.
struct IgnorePattern {
  enum Form: UInt8 {
    /// The last name is this text.
    case name
    /// The last name ends so: `*.o`.
    case nameEnd
    /// The last name has this form.
    case nameForm
    /// The path has this form, from the folder of the file on: a slash stands in the pattern.
    case path
  }

  let form: Form
  /// `!`: takes back what an earlier pattern left out.
  let isNegated: Bool
  /// A slash at the end.
  let isForDirectories: Bool
  /// In the file's texts: what the name is, or ends with, or the path begins with.
  let text: Range<Int>
  /// In the file's tokens: what follows the text; empty when nothing does.
  let wildcards: Range<Int>

  private static let slash = UInt8(ascii: "/")
  private static let special = Array("*?[\\".utf8)

  /// - Parameters:
  ///   - line: without a line feed and trailing blanks, and not a comment.
  ///   - texts: where its text is put.
  ///   - tokens: where its tokens are put.
  /// - Returns: nil when it can match nothing.
  init?(_ line: ArraySlice<UInt8>, _ texts: inout [UInt8], _ tokens: inout [Wildcards.Token]) {
    var line = line
    isNegated = line.first == UInt8(ascii: "!")
    if isNegated { line.removeFirst() }
    isForDirectories = line.last == Self.slash
    if isForDirectories { line.removeLast() }
    let isPath = line.contains(Self.slash)
    if line.first == Self.slash { line.removeFirst() }
    guard !line.isEmpty else { return nil }
    // Git holds the plain beginning against the path first, and reads the rest as a pattern of its own: in `a**/b` the stars
    // stand at its start.
    var rest = line.drop { !Self.special.contains($0) }
    var plain = line[..<rest.startIndex]
    if !isPath {
      let end = line.dropFirst()
      if line.first == UInt8(ascii: "*"), !end.contains(where: Self.special.contains) {
        form = .nameEnd
        plain = end
        rest = []
      } else {
        form = rest.isEmpty ? .name : .nameForm
      }
    } else {
      form = .path
    }
    guard let wildcards = Wildcards(rest) else { return nil }
    text = texts.count..<texts.count + plain.count
    self.wildcards = tokens.count..<tokens.count + wildcards.tokens.count
    texts += plain
    tokens += wildcards.tokens
  }
}
