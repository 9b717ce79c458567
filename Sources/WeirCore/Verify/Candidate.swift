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
  var elementEnds = InlineArray<16, UInt16>(repeating: 0)
  /// Where the secret begins; known once the element it begins with is reached.
  var secretStart: UInt64? = nil

  init(form: UInt16, start: UInt64, tables: Tables) {
    let record = tables.form(at: form)
    let secretBegin = record.pointee.secretBegin
    self.form = form
    self.start = start
    element = record.pointee.anchoredElements
    let elements = tables.elements(of: record)
    var end: UInt16 = 0
    for element in 0..<Int(element) {
      end += elements[element].min
      elementEnds[element] = end
    }
    elementStart = start + UInt64(end)
    if secretBegin <= element {
      secretStart =
        secretBegin == 0 ? start : start + UInt64(elementEnds[Int(secretBegin) - 1])
    }
  }

  /// A form of which nothing is read yet.
  init(unread form: UInt16, start: UInt64, tables: Tables) {
    self.form = form
    self.start = start
    element = 0
    elementStart = start
    if tables.forms[Int(form)].secretBegin == 0 { secretStart = start }
  }

  /// The range of elements that were read.
  func range(_ begin: UInt8, _ end: UInt8) -> Range<UInt64> {
    func edge(_ element: UInt8) -> UInt64 {
      element == 0 ? start : start + UInt64(elementEnds[Int(element) - 1])
    }
    return edge(begin)..<edge(end)
  }
}

/// A key block whose opening is not complete.
struct KeyBlockOpening: BitwiseCopyable {
  let candidate: Candidate
  var block: KeyBlock
}

/// A match whose secret is known to be one: what decisions are made about.
struct Accepted: BitwiseCopyable {
  /// Of what has no form, as the matches of rules that see lines.
  static let noForm: UInt16 = .max

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
  /// It was swallowed: its bytes were hashed as they came, and are not needed again.
  let isSwallowed: Bool
  /// Nobody knows what is in it: it is masked, and is no finding.
  var isUnjudged = false
  /// How it is written in the text.
  let grid: Grid
  let line: UInt64
  let column: UInt64

  /// The first byte that is still needed to report it.
  var neededStart: UInt64 { isSwallowed ? secretEnd : secretStart }

  /// A match names a less specific one that it lies in; the most specific knows best, then the longest, then the earliest.
  func names(_ outer: Accepted, betterThan other: Accepted?) -> Bool {
    guard specificityCode < outer.specificityCode else { return false }
    guard let other else { return true }
    if specificityCode != other.specificityCode { return specificityCode < other.specificityCode }
    let length = secretEnd - secretStart
    let otherLength = other.secretEnd - other.secretStart
    if length != otherLength { return length > otherLength }
    return secretStart != other.secretStart ? secretStart < other.secretStart : rule < other.rule
  }

  /// The order of decisions: by start, then the longer (one that grows may become the longest), then the more specific, then what is not encoded, then the id.
  func precedes(_ other: Accepted) -> Bool {
    if secretStart != other.secretStart { return secretStart < other.secretStart }
    if isGrowing != other.isGrowing { return isGrowing }
    if secretEnd != other.secretEnd { return secretEnd > other.secretEnd }
    if specificityCode != other.specificityCode { return specificityCode < other.specificityCode }
    if grid.isPlain != other.grid.isPlain { return grid.isPlain }
    if rule != other.rule { return rule < other.rule }
    if form != other.form { return form < other.form }
    return grid.code < other.grid.code
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
