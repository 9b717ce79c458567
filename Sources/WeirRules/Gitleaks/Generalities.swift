/// What is not as in gitleaks, whatever a rule says: of it what matters to the rules that there are.
struct Generalities: CustomStringConvertible {
  private var ruleCount = 0
  /// Some rule or list asks where an input comes from.
  var asksPlace = false
  private var seesCharacters = false
  private var folds = false
  private var measuresCharacters = false

  /// Of a rule.
  mutating func add(_ expression: GoExpression, hasEntropy: Bool) {
    ruleCount += 1
    add(expression)
    if hasEntropy, expression.isWide { measuresCharacters = true }
  }

  mutating func add(_ expression: GoExpression) {
    if expression.isOfCharacters { seesCharacters = true }
    if expression.folds { folds = true }
  }

  /// Keywords or stopwords.
  mutating func add(words: [String]) {
    if words.contains(where: { !$0.utf8.allSatisfy { $0 < 0x80 } }) { folds = true }
  }

  var description: String {
    var texts = [
      "a secret that is of stars, or has eight of them in it or before it, is masked and no finding"
    ]
    if ruleCount > 1 { texts.append("a secret inside another finding is not reported again") }
    texts.append("lines of more than 16 KiB are matched in windows of that length")
    if asksPlace {
      texts.append(
        "standard input has no path, and what a history holds has that where it appeared first")
    }
    if folds {
      texts.append("(?i), keywords and stopwords fold letters of ASCII alone, or fewer than Go's")
    }
    if seesCharacters { texts.append("what counts or names characters matches UTF-8 alone") }
    if measuresCharacters { texts.append("entropy is that of bytes") }
    return texts.joined(separator: "; ")
  }
}
