internal import WeirCore

/// One rule for people: what it looks for, and what to do when it finds something.
struct RuleWords {
  let rule: RuleDefinition

  /// The rule's part of its page.
  var section: String {
    let power = PowerWords.of(rule.power)
    let lines = [
      Markdown.anchor(rule.id), "",
      "### " + Markdown.code(rule.id), "",
      Markdown.text(rule.title), "",
      "- **A thief gets** \(power.gain).",
      "- **Form:** \(form)",
      "- **Looked for** \(place)",
      "- **Check:** " + check,
      "- **Confidence:** \(rule.confidence.name). **Packs:** \(packs).",
      "- **If it leaked,** revoke it first: \(Markdown.text(rule.revoke)). \(power.next)",
      "- **Test:** " + Markdown.code("weir rules show \(rule.id)"), "",
    ]
    return lines.joined(separator: "\n")
  }

  private var packs: String { rule.packs.joined(separator: ", ") }

  private var check: String {
    if let check = rule.check { return check.words(of: rule.shape, refutes: rule.refutes) }
    let isPhrase = rule.shape.alternatives.joined().contains { segment in
      if case .tail(.phrase) = segment.atom { true } else { false }
    }
    if isPhrase { return "what is said of its form: where it fails, nothing is found." }
    let isKeyBlock = rule.shape.alternatives.joined().contains { $0.atom == .tail(.keyBlock) }
    return isKeyBlock
      ? "whether its body is one DER value, as long as it says; what is none may still be a key."
      : "none."
  }

  private var form: String {
    let ways = ShapeWords(check: rule.check).alternatives(of: rule.shape)
    let exception = rule.isNotHex ? " Hex digits alone are something else." : ""
    if ways.count == 1 { return ways[0] + "." + exception }
    return "one of these." + exception + ways.map { "\n  - " + $0 }.joined()
  }

  /// Where the form counts.
  private var place: String {
    let reach = rule.withinBytes.of("byte")
    var places: [String] = []
    if !rule.context.isEmpty {
      places.append(
        "as the value of a credential's name, with \(words(rule.context)) in that name or before "
          + "it, within \(reach) of the value")
    }
    if let judge = rule.judge {
      places.append(
        "as the value of a name that promises a \(judge.name), where a "
          + "[judge](README.md#judge)" + " takes it for one")
    }
    if !rule.cue.isEmpty {
      let value = rule.isAssigned ? "as the value of an assignment, " : ""
      let lines = rule.crossesLines ? ", on other lines too" : " on the line"
      places.append("\(value)within \(reach) behind \(words(rule.cue))\(lines)")
    }
    if let pair = rule.pair {
      places.append("within \(reach) behind \(RulePages.link(to: pair)), on other lines too")
    }
    let plain = places.isEmpty ? "everywhere" : places.joined(separator: "; or ")
    return plain + (rule.isFoundEncoded ? ", also [encoded](README.md#encoded)." : ".")
  }

  private func words(_ words: [String]) -> String {
    Listing.join(words.map { Bytes.code(Array($0.utf8), isCaseless: false) }, "or")
  }
}
