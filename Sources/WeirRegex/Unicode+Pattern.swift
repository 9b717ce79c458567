extension Unicode.Scalar {
  /// A character as PCRE2 reads it as itself.
  package func asPattern(inClass: Bool) -> String {
    let special = inClass ? "\\]^-[" : "\\^$.|?*+()[]{}"
    switch self {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    case _ where special.unicodeScalars.contains(self): return "\\\(self)"
    case _ where value < 0x20 || value == 0x7F:
      return "\\x" + (value < 16 ? "0" : "") + String(value, radix: 16)
    default: return String(self)
    }
  }
}
