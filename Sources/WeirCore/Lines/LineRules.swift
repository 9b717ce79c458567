/// Rules that see lines, such as regular expressions. The core cuts the lines and decides what a match comes to; how one is found is theirs to know.
///
/// Immutable, and shared between threads.
public protocol LineRules: AnyObject, Sendable {
  /// What one thread searches with.
  ///
  /// - Parameter isReported: of a rule's place in the catalogue whether its findings are asked for.
  /// - Returns: nil when none is asked for.
  func search(where isReported: (Int) -> Bool) throws(ScanError) -> (any LineSearch)?

  /// Some rule asks where an input comes from.
  var askPlaces: Bool { get }

  /// The expression of a rule, for people; nil when it has none.
  func text(ofRule rule: Int) -> String?
}

/// Searches lines on one thread.
public protocol LineSearch: AnyObject {
  /// The input whose lines follow; nil when that is unknown.
  var place: InputPlace? { get set }

  /// What the last search found.
  var matches: [LineMatch] { get }

  /// - Returns: whether `matches` holds any.
  func search(_ window: LineWindow) throws(ScanError) -> Bool
}

/// A line without its newline, or a part of a long one.
public struct LineWindow {
  /// Valid for the time of a call.
  public let bytes: UnsafeRawBufferPointer
  /// The line begins, or ends, where the window does.
  public let isLineStart: Bool
  public let isLineEnd: Bool
}

/// What a rule found in a window.
public struct LineMatch: Sendable, Equatable {
  public var rule: Int
  /// The secret, in bytes from the window's start; of what was not judged, all of it.
  public var secret: Range<Int>
  /// The search took more than it may, so nobody knows what is in the window.
  public var isUnjudged: Bool

  public init(rule: Int, secret: Range<Int>, isUnjudged: Bool = false) {
    self.rule = rule
    self.secret = secret
    self.isUnjudged = isUnjudged
  }
}

/// Where an input comes from, for rules that ask.
public struct InputPlace: Sendable, Equatable {
  public var path: [UInt8]
  /// In hex digits.
  public var commit: String?

  public init(path: [UInt8], commit: String? = nil) {
    self.path = path
    self.commit = commit
  }
}

/// Windows of an input that a rule did not judge.
public struct UnjudgedWindows: Sendable, Equatable {
  public var ruleID: String
  public var count: Int
}
