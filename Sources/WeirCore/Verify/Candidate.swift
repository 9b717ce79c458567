/// A place where a form is being checked.
struct Candidate: BitwiseCopyable {
  /// Its place in `Tables.forms`.
  var form: UInt16
  /// The element being read, and where it begins.
  var element: UInt8
  var elementStart: UInt64
  /// Where the form begins.
  let start: UInt64
  /// Where each element read ends, counted from `start`.
  var elementEnds = SIMD16<UInt16>()
  /// Where the secret begins; known once the element it begins with is reached.
  var secretStart: UInt64?
  /// The opening of a key block.
  var keyBlock: KeyBlock?

  init(form: UInt16, record: FormRecord, start: UInt64) {
    self.form = form
    self.start = start
    element = 0
    elementStart = start
    secretStart = record.secretBegin == 0 ? start : nil
  }

  /// The range of elements that were read.
  func range(_ begin: UInt8, _ end: UInt8) -> Range<UInt64> {
    func edge(_ element: UInt8) -> UInt64 {
      element == 0 ? start : start + UInt64(elementEnds[Int(element) - 1])
    }
    return edge(begin)..<edge(end)
  }
}

/// A match whose secret is known to be one: what decisions are made about.
struct Accepted: BitwiseCopyable {
  let form: UInt16
  let rule: UInt16
  let specificityCode: UInt8
  var check: CheckOutcome
  var confidence: Confidence
  let secretStart: UInt64
  /// One past its last byte; of one that still grows, the last end that is sure.
  var secretEnd: UInt64
  /// Counts what has been accepted; names the swallow that makes this one grow.
  let serial: UInt64
  var isGrowing: Bool
  let line: UInt64
  let column: UInt64

  /// The order of decisions: by start, then the longer (one that grows may become the longest), then the more specific, then the id.
  func precedes(_ other: Accepted) -> Bool {
    if secretStart != other.secretStart { return secretStart < other.secretStart }
    if isGrowing != other.isGrowing { return isGrowing }
    if secretEnd != other.secretEnd { return secretEnd > other.secretEnd }
    if specificityCode != other.specificityCode { return specificityCode < other.specificityCode }
    return rule < other.rule
  }
}

/// What a check said.
public enum CheckOutcome: UInt8, BitwiseCopyable, Sendable {
  case none
  case valid
  case failed

  public var name: String {
    switch self {
    case .none: "none"
    case .valid: "valid"
    case .failed: "failed"
    }
  }
}
