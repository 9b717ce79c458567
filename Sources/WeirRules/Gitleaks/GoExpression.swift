internal import WeirRegex

/// An expression of Go as PCRE2 reads it in a line, and what is then not the same.
struct GoExpression {
  struct Refusal: Error {
    let reason: String
  }

  /// What the expression is matched with.
  enum Subject {
    /// Lines of a file, which gitleaks reads whole.
    case lines
    /// A path, or what was found: no line ends in it.
    case text
  }

  let pattern: String
  /// What it means otherwise than in gitleaks; empty when all is the same.
  let remarks: [String]
  let groupCount: Int
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
    var writer = GoExpressionWriter(subject: subject)
    let written = writer.written(syntax, atStart: true, atEnd: true)
    pattern = (syntax.isOfCharacters(atStart: true, atEnd: true) ? "(*UTF)" : "") + written
    do { groupCount = try Pattern(pattern).groupCount } catch {
      throw Refusal(reason: "PCRE2 refuses it: \(error.reason), at byte \(error.offset)")
    }
    var remarks: [String] = []
    if !writer.crossing.isEmpty {
      let names = writer.crossing.prefix(3).joined(separator: " ")
      remarks.append("what it spans lines with (\(names)) ends with the line")
    }
    let ends = subject == .lines && !syntax.seesLines ? syntax.loneEnds.sorted() : []
    if !ends.isEmpty {
      remarks.append("\(ends.joined(separator: " and ")) of a file is that of each line")
    }
    self.remarks = remarks
  }

  /// One of the words stands in each match, in any case.
  func needsOne(of words: [String]) -> Bool {
    syntax.needsOne(of: words.map { $0.lowercased() })
  }

}
