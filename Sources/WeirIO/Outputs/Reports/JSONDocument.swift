public import WeirCore

/// `json`: one array of the objects that `jsonl` writes a line each.
public struct JSONDocument: FindingFormat {
  private var lines: JSONLines
  private var isFirst = true

  public init(catalogue: Catalogue) {
    lines = JSONLines(catalogue: catalogue)
  }

  public mutating func begin(_ path: Path, _ appearance: Appearance?) {
    lines.begin(path, appearance)
  }

  public mutating func appendHead(to text: inout [UInt8]) { text += "[" }

  public mutating func append(_ finding: Finding, in line: LineExcerpt?, to text: inout [UInt8]) {
    text += isFirst ? "\n" : ",\n"
    isFirst = false
    lines.append(finding, in: line, to: &text)
    // The newline.
    text.removeLast()
  }

  public mutating func appendTail(isComplete: Bool, to text: inout [UInt8]) {
    text += isFirst ? "]\n" : "\n]\n"
  }
}
