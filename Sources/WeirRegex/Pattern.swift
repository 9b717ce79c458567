internal import CPCRE2

/// A regular expression of PCRE2, compiled. It sees bytes; one that begins with `(*UTF)` sees characters, and what is no UTF-8 matches nothing.
/// Immutable; may be shared between threads.
public final class Pattern: @unchecked Sendable {
  /// Why a text is no expression, and where: `offset` counts bytes.
  public struct Mistake: Error, Equatable, Sendable {
    public let reason: String
    public let offset: Int
  }

  static let charactersMark = "(*UTF)"
  /// What may begin the text; other verbs of PCRE2 would change its limits or what a newline is.
  private static let characterMarks = [charactersMark + "(*UCP)", charactersMark]

  let code: OpaquePointer
  public let text: String
  public let groupCount: Int
  /// It sees characters.
  let isOfCharacters: Bool

  public init(_ text: String) throws(Mistake) {
    self.text = text
    let mark = Self.characterMarks.first { text.hasPrefix($0) } ?? ""
    isOfCharacters = !mark.isEmpty
    let bytes = Array(text.utf8)
    if bytes.dropFirst(mark.utf8.count).starts(with: "(*".utf8),
      bytes.dropFirst(mark.utf8.count + 2).first.map(Self.isCapital) ?? false
    {
      throw Mistake(
        reason: "of the verbs only (*UTF), and (*UCP) behind it, may begin an expression",
        offset: mark.utf8.count)
    }
    guard let context = pcre2_compile_context_create_8(nil) else { throw Self.noMemory }
    defer { pcre2_compile_context_free_8(context) }
    pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    pcre2_set_bsr_8(context, UInt32(PCRE2_BSR_UNICODE))
    var options = PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C
    if isOfCharacters { options |= PCRE2_MATCH_INVALID_UTF | PCRE2_UTF }
    var number: Int32 = 0
    var offset = 0
    let code = bytes.withUnsafeBufferPointer {
      pcre2_compile_8($0.baseAddress, $0.count, options, &number, &offset, context)
    }
    guard let code else { throw Mistake(reason: Self.words(of: number), offset: offset) }
    self.code = code
    var count: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    groupCount = Int(count)
    // Where there is no compiler for this processor, the expression is interpreted.
    if !isOfCharacters || !Self.inverses.contains(where: text.contains) {
      pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    }
  }

  deinit { pcre2_code_free_8(code) }

  /// The compiler of PCRE2 10.42 lets them match no character beyond ASCII where a text may be no UTF-8.
  private static let inverses = ["\\D", "\\W", "\\S"]

  private static let noMemory = Mistake(reason: "no memory is left", offset: 0)

  private static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func words(of number: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    pcre2_get_error_message_8(number, &buffer, buffer.count)
    return String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
  }
}
