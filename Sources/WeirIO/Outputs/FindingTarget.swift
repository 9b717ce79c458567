public import WeirCore

/// Where the findings of a scan go, each with its line.
public protocol FindingTarget: ~Copyable {
  /// The findings that come are of this input.
  ///
  /// - Parameter appearance: of a history, where the input appeared first.
  mutating func begin(_ path: Path, _ appearance: Appearance?)

  mutating func finding(_ finding: Finding, in line: LineExcerpt)

  /// Called after each step of the scanner.
  mutating func flush() throws(OutputError)

  /// Called behind the last input.
  mutating func close() throws(OutputError)
}
