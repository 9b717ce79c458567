package import WeirCore

/// An explanation in words: what holds at a place, and what does not.
package enum ExplanationWords {
  package typealias Fact = Explanation.Fact
  package typealias Position = Explanation.Position

  /// `line 3, column 12`
  package static func text(of position: Position) -> String {
    "line \(position.line), column \(position.column)"
  }

  package static func text(of step: Explanation.Step) -> String {
    let holds = step.holds
    switch step.fact {
    case .anchor(let literal):
      return "it is looked for by \(ElementWords.text(ofLiteral: literal)), which stands here"
    case .encoded(let codings):
      let names = codings.map(\.name).joined(separator: ", ")
      return "it stands here in \(names), and all that is asked of it holds in what that decodes to"
    case .outsideMask:
      return holds ? "it begins in no mask" : "it begins in a mask, where nothing begins"
    case .leftEdge(let kind):
      return before(kind)
        + (holds ? "a credential may begin behind it" : "it would begin inside a word")
    case .apart(let kind):
      return before(kind)
        + (holds
          ? "it begins here" : "with such a byte it may begin itself, so nothing begins here")
    case .armed(let arming): return text(of: arming)
    case .assigned:
      return holds
        ? "it is assigned: =, : or another sign, or an option, stands before it"
        : "it is not assigned: no =, no :, no option stands before it"
    case .word(let word): return text(of: word, holds: holds)
    case .nameOf(let kind):
      return holds
        ? "its name promises a \(kind.name)" : "the name before it does not promise a \(kind.name)"
    case .element(let element, _, let count, let stop, let follows):
      return text(of: element, count: count, stop: stop, follows: follows, holds: holds)
    case .rightEdge(let stop, let kind):
      return holds
        ? (kind == .none ? "the text ends there" : "\(kind.rawValue) ends it")
        : "\(kind.rawValue) follows at \(text(of: stop)): it goes on, and is something longer"
    case .notBeforeMask(let stop):
      return "a mask begins at \(text(of: stop)): what it replaced was no end"
    case .opening(let tail): return text(ofOpening: tail, holds: holds)
    case .free(let flaw): return text(of: flaw)
    case .check(let kind, let outcome, let refutes):
      return text(of: outcome, kind: kind, refutes: refutes)
    case .confidence(let confidence, let limit):
      return "confidence \(confidence.name); asked for is \(limit.name)"
        + (limit == .high ? "" : " and up")
    case .reported(let position, let count, let report):
      return "the secret is \(Int(clamping: count).of("byte")) from \(text(of: position)): "
        + text(of: report)
    }
  }

  private static func before(_ kind: ByteKind) -> String {
    kind == .none ? "the text begins here: " : "\(kind.rawValue) stands before it: "
  }

  private static func text(
    of element: Form.Element, count: UInt64, stop: Position, follows: ByteKind, holds: Bool
  ) -> String {
    let words = ElementWords.text(of: element)
    let fits = Int(clamping: count)
    switch element {
    case .literal where holds: return words
    case .literal(let bytes, _):
      let part = fits == 0 ? "" : "\(fits.inWords) of its \(bytes.count.of("byte")) fit, then "
      return "expected \(words): \(part)\(there(follows, stop))"
    case .run(_, let min, let max):
      if holds { return min == max ? words : "\(words): \(fits.inWords)" }
      return "expected \(words): \(fits == 0 ? "none" : "only \(fits.inWords)"), then "
        + there(follows, stop)
    }
  }

  private static func there(_ kind: ByteKind, _ stop: Position) -> String {
    kind == .none
      ? "the text ends" : "\(kind.rawValue) at \(text(of: stop))"
  }

  // MARK: What arms

  private static func text(of arming: Explanation.Arming) -> String {
    let (what, one): (String, String) =
      switch arming.source {
      case .cue(let words): ("a cue (\(list(words)))", arming.word.map(code) ?? "a cue")
      case .name:
        (
          "the name of a credential (… key, … token, … secret and such)",
          arming.word.map { "a name in " + code($0) } ?? "a name"
        )
      case .pair(let id): ("a match of \(code(id))", "a match of \(code(id))")
      }
    let end = arming.end.map(text) ?? ""
    let within = arming.withinBytes.of("byte")
    switch arming.reach {
    case .reaches: return "\(one) ends at \(end), and reaches \(within) on"
    case .missing: return "the text has none of what must stand before it: \(what)"
    case .behind:
      return "\(what) must stand before it, within \(within); the first, \(one), ends behind it at "
        + end
    case .tooFar(let count):
      return "\(one) ends at \(end), \(Int(clamping: count).of("byte")) before it: it reaches "
        + within
    case .otherLine: return "\(one) ends at \(end), on another line: it does not reach here"
    case .mask: return "a mask stands between \(one), which ends at \(end), and this"
    }
  }

  private static func text(of word: Explanation.Word, holds: Bool) -> String {
    let within = word.withinBytes.of("byte")
    guard let found = word.found, let start = word.start else {
      return holds
        ? "a word of the rule stands before it"
        : "no word of the rule stands before it on the line, within \(within): \(list(word.words))"
    }
    if holds { return "the word \(code(found)) stands before it, at \(text(of: start))" }
    let reason =
      word.distanceBytes >= UInt64(word.withinBytes)
      ? "\(Int(clamping: word.distanceBytes).of("byte")) before it, and reaches \(within)"
      : "but is part of another word there, or in or before a mask"
    return "the word \(code(found)) stands at \(text(of: start)), \(reason)"
  }

  private static let mostWords = 12

  private static func list(_ words: [String]) -> String {
    let shown = words.prefix(mostWords).map(code)
    let rest = words.count - shown.count
    return Listing.join(shown + (rest > 0 ? ["\(rest) others"] : []), "or")
  }

  private static func code(_ text: String) -> String { Markdown.code(text) }

  // MARK: What stands

  private static func text(ofOpening tail: Shape.Tail, holds: Bool) -> String {
    switch tail {
    case .jwt:
      holds
        ? "its header decodes, and names an algorithm"
        : "its header does not decode to JSON that names an algorithm: it is no token, or unsigned"
    case .keyBlock:
      holds
        ? "64 bytes that may be a key's body follow"
        : "no 64 bytes that may be a key's body follow, or a mask does"
    case .phrase:
      holds
        ? "its words are of the list, and their checksum holds"
        : "no words of the list whose checksum holds follow, in any length that such phrases have"
    }
  }

  private static func text(of flaw: Explanation.Flaw) -> String {
    switch flaw {
    case .noTokenHeader: text(ofOpening: .jwt, holds: false)
    case .noKeyBody: text(ofOpening: .keyBlock, holds: false)
    case .noPhrase: "its words are no phrase"
    case .judged:
      "the judge takes it for none: a word, a path, a call, a template, a digest or a fixture"
    case .sampleToken: "it is the token with which documentation explains tokens"
    case .monotonousKey: "its body has only a few different bytes: it stands for a key"
    case .mask: "a mask is in it: nothing that contains one is a finding"
    case .emptySecret: "its secret is empty"
    case .hex: "its secret is hex digits only, which this rule takes for a digest or a commit"
    case .placeholder(let kind): "it is a placeholder: " + text(of: kind)
    }
  }

  private static func text(of kind: PlaceholderKind) -> String {
    switch kind {
    case .nothing: "there is nothing behind the literal it begins with"
    case .monotonous: "it has only a few different bytes"
    case .reference: "it is a reference such as ${NAME}, or stands in brackets"
    case .wordOrPattern: "it has a word such as example or changeme, or bytes in a row"
    }
  }

  private static func text(
    of outcome: CheckOutcome, kind: CheckExpression.Kind?, refutes: Bool
  ) -> String {
    let name = kind.map { "the check \($0.name)" } ?? "its check"
    switch outcome {
    case .valid: return "\(name) holds"
    case .failed:
      return "\(name) fails"
        + (refutes ? ", which makes its confidence low" : ", which is told only")
    case .none: return "\(name) has nothing to check here"
    }
  }

  private static func text(of report: Explanation.Report) -> String {
    switch report {
    case .own: "a finding"
    case .namesWider: "it lies in a wider finding, which has its name"
    case .insideOwn: "it lies in another finding of this rule"
    case .inside(let rule, let isSame):
      isSame
        ? "\(code(rule)) finds the same, and speaks for it"
        : "it lies in a finding of \(code(rule))"
    case .named(let rule): "the finding is called \(code(rule)), which knows better"
    case .unknown: "a finding"
    }
  }
}
