/// Why a text holds a finding of a rule, or none: place by place, and step by step. No byte of the text is in it.
package struct Explanation: Equatable, Sendable {
  /// A byte of the text.
  package struct Position: Equatable, Sendable {
    package var offset: UInt64
    /// 1-based; columns count bytes.
    package var line: UInt64
    package var column: UInt64
  }

  /// Where the rule was tried, or where its shape stands.
  package struct Place: Equatable, Sendable {
    package var position: Position
    /// In the order in which they are asked; behind the first that does not hold may be more that do not, but none of what only a whole form has.
    package var steps: [Step]
    /// Other forms of the rule came no further here.
    package var otherForms: Int

    package var isFinding: Bool { steps.allSatisfy(\.holds) }
  }

  package struct Step: Equatable, Sendable {
    package var fact: Fact
    package var holds: Bool
  }

  package enum Fact: Equatable, Sendable {
    /// The literal by which the rule is looked for stands here.
    case anchor([UInt8])
    /// It stands here under codings, the outermost first.
    case encoded([Coding])
    /// It does not begin in a mask.
    case outsideMask
    /// The byte before may stand before a credential.
    case leftEdge(before: ByteKind)
    /// The byte before is none that the rule may begin with.
    case apart(before: ByteKind)
    case armed(Arming)
    case assigned
    /// One of the rule's words stands before.
    case word(Word)
    /// The name it is assigned to promises this.
    case nameOf(CredentialKind)
    /// An element of the form. `count` bytes fit; if it does not hold, what `follows` at `stop` does not.
    case element(Form.Element, at: Position, count: UInt64, stop: Position, follows: ByteKind)
    /// What follows the form ends it.
    case rightEdge(stop: Position, follows: ByteKind)
    /// No mask stands where the form ends.
    case notBeforeMask(stop: Position)
    /// What follows the elements, and decides a token or a key block.
    case opening(Shape.Tail)
    /// There is no such thing in it.
    case free(of: Flaw)
    case check(CheckExpression.Kind?, CheckOutcome, refutes: Bool)
    case confidence(Confidence, limit: Confidence)
    /// The secret's range, and the finding that it is, or lies in.
    case reported(Position, byteCount: UInt64, as: Report)
  }

  package enum Flaw: Equatable, Sendable {
    case noTokenHeader, sampleToken, noKeyBody, monotonousKey, mask, emptySecret, hex, judged
    case noPhrase
    case placeholder(PlaceholderKind)
  }

  /// A cue, a name or a pair, and whether it reaches the place.
  package struct Arming: Equatable, Sendable {
    package enum Source: Equatable, Sendable {
      case cue([String])
      case name
      case pair(String)
    }

    package enum Reach: Equatable, Sendable {
      case reaches
      case tooFar(byteCount: UInt64)
      case otherLine
      case mask
      /// The nearest stands behind the place.
      case behind
      case missing
    }

    package var source: Source
    package var withinBytes: Int
    package var reach: Reach
    /// What the nearest one is, as the rule writes it.
    package var word: String?
    /// One past its last byte; nil if there is none in the text.
    package var end: Position?
  }

  package struct Word: Equatable, Sendable {
    package var words: [String]
    package var withinBytes: Int
    /// The nearest one on the line, whether it counts or not.
    package var found: String?
    package var start: Position?
    /// The value begins so far behind it.
    package var distanceBytes: UInt64
  }

  package enum Report: Equatable, Sendable {
    /// The finding is this rule's own.
    case own
    /// It lies in a wider finding that has this rule's name: a longer one, or one that knew less and took it.
    case namesWider
    /// It lies in another finding of this rule.
    case insideOwn
    /// It lies in another rule's finding, or is the same secret.
    case inside(rule: String, isSame: Bool)
    /// A rule that knows better has given its name to it.
    case named(rule: String)
    /// The scan did not say so: a mistake of the explanation.
    case unknown
  }

  /// What the scan says: it reports a finding of this rule.
  package var isFinding: Bool
  package var places: [Place]
  /// More places than are told.
  package var otherPlaces: Int
  /// How often each literal by which the rule is looked for stands in the text; of armed rules there are none.
  package var anchors: [Anchor]

  package struct Anchor: Equatable, Sendable {
    package var literal: [UInt8]
    package var count: Int
    /// Where it stands in another case, if it does not stand as it is.
    package var inOtherCase: Position?
  }

  /// The steps say what the scan says.
  package var isConsistent: Bool { places.contains(where: \.isFinding) == isFinding }
}

/// What is told of a byte of a text.
package enum ByteKind: String, Equatable, Sendable {
  case smallLetter = "a small letter"
  case capital = "a capital letter"
  case digit = "a digit"
  case blank = "a blank"
  case tab = "a tab"
  case lineFeed = "a line feed"
  case carriageReturn = "a carriage return"
  case quote = "a quote"
  case backslash = "a backslash"
  case underscore = "an underscore"
  case sign = "a sign"
  case control = "a control byte"
  case beyondASCII = "a byte beyond ASCII"
  /// There is none: the text begins or ends.
  case none = "nothing"

  init(_ byte: UInt8) {
    switch byte {
    case 0x61...0x7A: self = .smallLetter
    case 0x41...0x5A: self = .capital
    case 0x30...0x39: self = .digit
    case 0x20: self = .blank
    case 0x09: self = .tab
    case 0x0A: self = .lineFeed
    case 0x0D: self = .carriageReturn
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): self = .quote
    case UInt8(ascii: "\\"): self = .backslash
    case UInt8(ascii: "_"): self = .underscore
    case 0x21...0x7E: self = .sign
    case 0x00...0x1F, 0x7F: self = .control
    default: self = .beyondASCII
    }
  }
}
