internal import WeirRegex

/// An expression of Go as PCRE2 reads it in a line, and what is then not the same.
struct GoExpression {
  struct Refusal: Error {
    let reason: String
  }

  /// What the expression is matched with.
  enum Subject {
    /// Lines of a file, which gitleaks reads whole. Of a match this group is the secret; for 0 it is the first that holds something, or the match.
    case lines(secretGroup: Int)
    /// A path, or what was found: no line ends in it.
    case text
  }

  let pattern: String
  /// What it means otherwise than in gitleaks; empty when all is the same.
  let remarks: [String]
  let isOfCharacters: Bool
  /// It matches letters in any case.
  let folds: Bool
  private let syntax: PatternSyntax

  init(_ text: String, of subject: Subject) throws(Refusal) {
    var parser = PatternParser(text, dialect: .go)
    do { syntax = try parser.parse() } catch {
      throw Refusal(
        reason: "is no expression of Go: \(error.reason), at character \(error.offset + 1)")
    }
    if syntax.needsLineFeed {
      throw Refusal(
        reason: "goes over several lines, and an expression sees one line without its end")
    }
    folds = parser.folds
    isOfCharacters = syntax.isOfCharacters
    let writing = GoExpressionWriter.writing(syntax, of: subject)
    pattern = (isOfCharacters ? "(*UTF)" : "") + writing.text
    do { _ = try Pattern(pattern) } catch {
      throw Refusal(reason: "PCRE2 refuses it: \(error.reason), at byte \(error.offset)")
    }
    var remarks = writing.remarks
    if case .lines(let group) = subject {
      let captures = syntax.captures
      guard (0...captures.count).contains(group) else {
        throw Refusal(reason: "secretGroup \(group): the expression has \(captures.count) groups")
      }
      if syntax.mayHaveEmptySecret(group, captures) {
        remarks.append("where the secret is empty gitleaks reports that, and Weir nothing")
      }
    }
    if !parser.foldedProperties.isEmpty {
      let names = parser.foldedProperties.joined(separator: " ")
      remarks.append("(?i) adds nothing to \(names), and the other case of its letters for Go")
    }
    self.remarks = remarks
  }

  var groupCount: Int { syntax.captures.count }

  /// What it matches may hold characters beyond ASCII.
  var isWide: Bool { syntax.isWide }

  /// One of the words stands in each match, in any case.
  func needsOne(of words: [String]) -> Bool {
    syntax.needsOne(of: words.map { $0.lowercased() })
  }
}

extension PatternSyntax {
  fileprivate func mayHaveEmptySecret(_ group: Int, _ captures: [PatternSyntax]) -> Bool {
    guard group > 0 else { return mayBeEmpty(butFeeds: true) && !fills(\.isCapture) }
    let secret = captures[group - 1]
    return captures.count { $0 == secret } > 1 || !fills { $0 == secret }
  }
}
