internal import CPCRE2

/// What one thread runs expressions with. Each run has a bound; over it nobody knows whether there is a match.
final class Matcher {
  enum Answer: Equatable {
    case yes
    case no
    case overLimit
  }

  /// Backtracks of one start of a match. Expressions that are meant for lines take some hundreds; what takes a million takes it at every start.
  private static let mostBacktracks: UInt32 = 1_000_000
  private static let stackBytes = 1 << 20

  private let context: OpaquePointer
  private let stack: OpaquePointer?
  private let data: OpaquePointer
  private let offsets: UnsafeMutablePointer<Int>

  /// - Parameter mostGroups: of the expressions that will be run.
  /// - Returns: nil when there is no memory.
  init?(mostGroups: Int) {
    guard let context = pcre2_match_context_create_8(nil),
      let data = pcre2_match_data_create_8(UInt32(mostGroups + 1), nil)
    else { return nil }
    self.context = context
    self.data = data
    offsets = pcre2_get_ovector_pointer_8(data)
    pcre2_set_match_limit_8(context, Self.mostBacktracks)
    stack = pcre2_jit_stack_create_8(1 << 15, Self.stackBytes, nil)
    pcre2_jit_stack_assign_8(context, nil, stack.map(UnsafeMutableRawPointer.init))
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_jit_stack_free_8(stack)
    pcre2_match_context_free_8(context)
  }

  /// Looks for the first match that begins at `start` or behind.
  func find(
    _ pattern: Pattern, in bytes: UnsafeRawBufferPointer, from start: Int = 0,
    isLineStart: Bool = true, isLineEnd: Bool = true
  ) -> Answer {
    var options: UInt32 = 0
    if !isLineStart { options |= PCRE2_NOTBOL }
    if !isLineEnd { options |= PCRE2_NOTEOL }
    // An empty text may have no address, and PCRE2 wants one.
    let text = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let result = withUnsafePointer(to: UInt8(0)) { nothing in
      pcre2_match_8(
        pattern.code, text ?? nothing, bytes.count, start, options, data, context)
    }
    if result == PCRE2_ERROR_NOMATCH { return .no }
    return result > 0 ? .yes : .overLimit
  }

  /// Where a group of the last match stands; nil for one that took no part. `\K` may put an end before its start.
  func range(of group: Int) -> Range<Int>? {
    let (start, end) = (offsets[2 * group], offsets[2 * group + 1])
    return start >= 0 && start <= end ? start..<end : nil
  }
}
