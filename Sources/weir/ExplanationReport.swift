internal import WeirCore
internal import WeirIO
internal import WeirReference

/// What is said of one input: a verdict, and the steps of each place.
struct ExplanationReport {
  let path: Path
  let explanation: Explanation

  private var name: String { path.shownText }

  // MARK: Text

  var lines: [String] {
    let verdict = explanation.isFinding ? "a finding" : "no finding"
    var lines = ["", "\(ShownText.escaped(name)): \(verdict)"]
    lines += notes.map { "  " + $0 }
    for place in explanation.places { lines += Self.lines(of: place) }
    return lines
  }

  private static func lines(of place: Explanation.Place) -> [String] {
    let verdict = place.isFinding ? "a finding" : "no finding"
    let head = "  \(ExplanationWords.text(of: place.position)): \(verdict)"
    let steps = place.steps.map { step in
      (step.holds ? "    yes  " : "    no   ") + ExplanationWords.text(of: step)
    }
    let others = place.otherForms
    let rest =
      others == 0
      ? [] : ["    (\(others) other \(others == 1 ? "form" : "forms") of the rule came no further)"]
    return [head] + steps + rest
  }

  /// What is said of the whole text.
  private var notes: [String] {
    var notes: [String] = []
    if explanation.places.isEmpty, explanation.anchors.isEmpty {
      notes.append("nothing in it is what the rule looks for")
    }
    for anchor in explanation.anchors where explanation.places.isEmpty {
      let literal = ElementWords.text(ofLiteral: anchor.literal)
      if let place = anchor.inOtherCase {
        notes.append(
          "\(literal), by which the rule is looked for, stands in another case at "
            + ExplanationWords.text(of: place))
      } else {
        notes.append("\(literal), by which the rule is looked for, is not in it")
      }
    }
    if explanation.otherPlaces > 0 {
      notes.append(
        "the rule was tried at \(explanation.otherPlaces) more places; those that tell most are:")
    }
    if !explanation.isConsistent {
      notes.append(
        "the steps below do not tell why the scan says so: this is a mistake of Weir, please "
          + "report it with the rule's id")
    }
    return notes
  }

  // MARK: JSON

  var json: String {
    let places = explanation.places.map(Self.json).joined(separator: ",")
    return "{\"path\":\(JSONText.quoted(name)),\"finding\":\(explanation.isFinding),\"notes\":"
      + "\(JSONText.array(notes)),\"other_places\":\(explanation.otherPlaces),"
      + "\"places\":[\(places)]}"
  }

  private static func json(of place: Explanation.Place) -> String {
    let steps = place.steps.map { step in
      "{\"step\":\"\(step.fact.name)\",\"holds\":\(step.holds),\"text\":"
        + "\(JSONText.quoted(ExplanationWords.text(of: step)))}"
    }
    let position = place.position
    return "{\"offset\":\(position.offset),\"line\":\(position.line),\"column\":\(position.column),"
      + "\"finding\":\(place.isFinding),\"other_forms\":\(place.otherForms),"
      + "\"steps\":[\(steps.joined(separator: ","))]}"
  }
}

extension Explanation.Fact {
  /// What programs call the step.
  fileprivate var name: String {
    switch self {
    case .anchor: "anchor"
    case .encoded: "encoded"
    case .outsideMask: "outside-mask"
    case .leftEdge: "left-edge"
    case .apart: "apart"
    case .armed(let arming):
      switch arming.source {
      case .cue: "cue"
      case .name: "name"
      case .pair: "pair"
      }
    case .assigned: "assigned"
    case .word: "word"
    case .nameOf: "name-of"
    case .element: "element"
    case .rightEdge: "right-edge"
    case .notBeforeMask: "before-mask"
    case .opening: "opening"
    case .free(let flaw):
      switch flaw {
      case .mask: "mask"
      case .hex: "hex"
      case .emptySecret: "empty"
      default: "placeholder"
      }
    case .check: "check"
    case .confidence: "confidence"
    case .reported: "reported"
    }
  }
}
