/// Where the results of a scan go. The scanner calls it in the order of the input.
public protocol Sink: ~Copyable {
  /// Bytes that pass unchanged. They stay where they are until the scanner is asked for room again.
  mutating func clean(_ bytes: UnsafeRawBufferPointer)

  /// A secret was found. Comes before its mask.
  mutating func finding(_ finding: Finding)

  /// The mask of the finding takes the place of `byteCount` bytes: all of its secret, or what sticks out of the one before.
  /// Of what a rule could not judge (`Policy.masksUnjudged`) it comes without a finding.
  mutating func mask(_ finding: Finding, byteCount: UInt64)
}

/// A secret in the input: where, by which rule, how sure. Never the secret itself.
public struct Finding: Equatable, Sendable {
  /// The rule's place in the catalogue.
  public var rule: Int
  /// The range of the secret, in bytes from the start of the input.
  public var start: UInt64
  public var end: UInt64
  /// Where it starts; 1-based, in bytes. 0 when the scanner was told not to count lines.
  public var line: UInt64
  public var column: UInt64
  public var check: CheckOutcome
  public var confidence: Confidence
  /// Nil without a key.
  public var fingerprint: Fingerprint?
  /// What the policy's readers made of the secret, in their order.
  public var readings: [[UInt8]]
  /// The codings it stands under in the text, the outermost first; empty where it stands as it is.
  public var via: [Coding]
  /// The literal the secret begins with, as the rule states it: `ghp_`. Empty if it begins with none.
  public var prefix: String

  public init(
    rule: Int, start: UInt64, end: UInt64, line: UInt64, column: UInt64, check: CheckOutcome,
    confidence: Confidence, fingerprint: Fingerprint?, readings: [[UInt8]] = [], via: [Coding] = [],
    prefix: String
  ) {
    self.rule = rule
    self.start = start
    self.end = end
    self.line = line
    self.column = column
    self.check = check
    self.confidence = confidence
    self.fingerprint = fingerprint
    self.readings = readings
    self.via = via
    self.prefix = prefix
  }
}
