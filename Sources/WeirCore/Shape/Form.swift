/// One way to write a shape out: alternatives chosen, optional parts there or not, groups opened.
///
/// A form is matched from left to right and reads every byte once; the parser's promise for it is that a
/// run of variable length is followed only by what cannot begin with a byte of its alphabet.
public struct Form: Equatable, Sendable {
  public enum Element: Equatable, Sendable {
    case literal([UInt8], isCaseless: Bool)
    case run(ByteSet, min: Int, max: Int?)
  }

  public var elements: [Element]
  /// The elements that each named segment spans.
  public var names: [String: Range<Int>]
  public var tail: Shape.Tail?

  /// The bytes this form may begin with.
  public var firstBytes: ByteSet {
    elements.first?.firstBytes ?? ByteSet()
  }

  /// The most bytes that must be held to decide: of an open run its least length.
  var heldWidthBytes: Int {
    elements.reduce(0) { sum, element in
      switch element {
      case .literal(let bytes, _): sum + bytes.count
      case .run(_, let min, let max): sum + (max ?? min)
      }
    }
  }

  /// The most bytes the elements take; nil when the last run is open.
  public var greatestWidthBytes: Int? {
    var sum = 0
    for element in elements {
      switch element {
      case .literal(let bytes, _): sum += bytes.count
      case .run(_, _, let max):
        guard let max else { return nil }
        sum += max
      }
    }
    return sum
  }
}

extension Form.Element {
  public var firstBytes: ByteSet {
    switch self {
    case .literal(let bytes, let isCaseless):
      isCaseless ? bytes[0].bothCases : ByteSet(CollectionOfOne(bytes[0]))
    case .run(let alphabet, _, _): alphabet
    }
  }
}

extension UInt8 {
  /// The byte in lower and upper case, if it is an ASCII letter; else itself.
  var bothCases: ByteSet {
    let isLetter = (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z")
    return isLetter ? ByteSet([self | 0x20, self & ~0x20]) : ByteSet(CollectionOfOne(self))
  }
}

extension Shape {
  /// A shape may be written out in at most this many forms.
  static let mostForms = 64
  static let mostElements = 16

  /// Writes the shape out.
  ///
  /// - Throws: `ShapeError` at offset 0 for a shape that is too rich, ambiguous, or wider than a held shape may be.
  public func forms() throws(ShapeError) -> [Form] {
    try forms(holdBytes: ShapeParser.greatestHoldBytes)
  }

  /// - Parameter holdBytes: how much of a form is held; tests take less.
  func forms(holdBytes: Int) throws(ShapeError) -> [Form] {
    var result: [Form] = []
    for alternative in alternatives {
      result += try Self.expand(alternative)
      try Self.refuseTooMany(result)
    }
    for form in result { try Self.check(form, holdBytes: holdBytes) }
    return result
  }

  private static func expand(_ sequence: Sequence) throws(ShapeError) -> [Form] {
    var forms = [Form(elements: [], names: [:], tail: nil)]
    for segment in sequence {
      var choices: [Form] = segment.isOptional ? [Form(elements: [], names: [:], tail: nil)] : []
      switch segment.atom {
      case .literal(let bytes, let isCaseless):
        let literal = Form.Element.literal(bytes, isCaseless: isCaseless)
        choices.append(Form(elements: [literal], names: [:], tail: nil))
      case .run(let alphabet, let min, let max):
        let run = Form.Element.run(alphabet, min: min, max: max)
        choices.append(Form(elements: [run], names: [:], tail: nil))
      case .tail(.jwt):
        choices.append(jwtOpening)
      case .tail(.keyBlock):
        choices.append(Form(elements: [], names: [:], tail: .keyBlock))
      case .tail(.phrase(let kind)):
        choices.append(
          Form(elements: [Self.phraseOpening], names: [:], tail: .phrase(kind)))
      case .group(let alternatives):
        for alternative in alternatives { choices += try expand(alternative) }
      }
      if let name = segment.name {
        for index in choices.indices {
          choices[index].names[name] = 0..<choices[index].elements.count
        }
      }
      var longer: [Form] = []
      for form in forms {
        for choice in choices { longer.append(try form.followed(by: choice)) }
      }
      forms = longer
      try refuseTooMany(forms)
    }
    return forms
  }

  private static func refuseTooMany(_ forms: [Form]) throws(ShapeError) {
    guard forms.count <= mostForms else {
      throw ShapeError(offset: 0, expected: "at most \(mostForms) ways to write the shape out")
    }
  }

  /// `jwt` written out: the opening that decides it.
  private static let jwtOpening: Form = {
    let base64url = Alphabet.named["base64url"]!
    return Form(
      elements: [
        .literal(Array("eyJ".utf8), isCaseless: false),
        .run(base64url, min: 9, max: 2048),
        .literal(Array(".".utf8), isCaseless: false),
        .run(base64url, min: 12, max: 24),
      ],
      names: ["jwt-header": 0..<2], tail: .jwt)
  }()

  /// A phrase begins with a word; what words there are, and how they follow each other, `PhraseReading` knows.
  private static let phraseOpening = Form.Element.run(
    Alphabet.named["alpha"]!, min: PhraseWord.fewestLetters, max: WordLetters.most)

  private static func check(_ form: Form, holdBytes: Int) throws(ShapeError) {
    if form.elements.isEmpty {
      throw ShapeError(offset: 0, expected: "a shape that cannot be empty")
    }
    if form.elements.count > mostElements {
      throw ShapeError(offset: 0, expected: "at most \(mostElements) segments in a row")
    }
    guard form.heldWidthBytes <= holdBytes else {
      throw ShapeError(offset: 0, expected: "a shape of at most \(holdBytes) bytes")
    }
    for (element, next) in zip(form.elements, form.elements.dropFirst()) {
      guard case .run(let alphabet, let min, let max) = element, min != max else { continue }
      guard alphabet.isDisjoint(with: next.firstBytes) else {
        throw ShapeError(
          offset: 0,
          expected: "after a run of variable length something that no byte of its alphabet begins")
      }
      if max == nil { throw ShapeError(offset: 0, expected: "an open run at the end only") }
    }
    for case .run(_, 0, _) in form.elements.dropFirst().isEmpty ? form.elements : [] {
      throw ShapeError(offset: 0, expected: "a shape that cannot be empty")
    }
    if case .phrase = form.tail, form.elements != [phraseOpening] {
      throw ShapeError(offset: 0, expected: "a phrase with nothing before it")
    }
    if case .run(_, _, nil) = form.elements.last, form.tail != nil {
      throw ShapeError(offset: 0, expected: "a tail after a run with a greatest length")
    }
  }
}

extension Form {
  func followed(by next: Form) throws(ShapeError) -> Form {
    if tail != nil, !next.elements.isEmpty || next.tail != nil {
      throw ShapeError(offset: 0, expected: "jwt, key-block and phrases at the end only")
    }
    var result = self
    result.elements += next.elements
    for (name, range) in next.names {
      let shifted = range.lowerBound + elements.count..<range.upperBound + elements.count
      guard result.names.updateValue(shifted, forKey: name) == nil else {
        throw ShapeError(offset: 0, expected: "each name once in a way to write the shape out")
      }
    }
    result.tail = tail ?? next.tail
    return result
  }
}
