public import WeirCore

/// One element of a form in the words of the reference: `ghp_`, 36 letters and digits.
public enum ElementWords {
  public static func text(of element: Form.Element) -> String {
    switch element {
    case .literal(let bytes, let isCaseless): Bytes.code(bytes, isCaseless: isCaseless)
    case .run(let alphabet, let min, let max):
      AlphabetWords(alphabet).text(least: min, greatest: max)
    }
  }

  public static func text(ofLiteral bytes: [UInt8]) -> String {
    Bytes.code(bytes, isCaseless: false)
  }
}
