extension RuleDefinition {
  /// What a thief can do.
  package static let powers: Set<String> = ["spend", "data", "admin", "write", "read"]

  /// Refuses texts that would not stay what they are in a list, in a line of a report or in the file that `weir rules compile` writes. Ids are `MaskText`'s to refuse.
  func refuseTexts() throws(CatalogueError) {
    guard Self.powers.contains(power) else {
      throw .rule(id, reason: "the power is one of \(Self.powers.sorted().joined(separator: ", "))")
    }
    guard !packs.isEmpty, packs.allSatisfy(Self.isName) else {
      throw .rule(id, reason: "at least one pack, each of small letters, digits, dots and dashes")
    }
    guard aliases.allSatisfy(Self.isAlias) else {
      throw .rule(
        id, reason: "an alias of it is empty, or holds a blank, a colon or a control character")
    }
    for text in [providerName, title, category, revoke] + context + cue {
      guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        throw .rule(id, reason: "a text of it is empty, or holds a control character")
      }
    }
  }

  /// It may stand in a line of a `.gitleaksignore`.
  private static func isAlias(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ":") }
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: $0.isDigit
        }
      }
  }
}
