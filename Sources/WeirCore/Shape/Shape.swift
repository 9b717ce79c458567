/// The structure of a credential as its rule states it: the parsed form of one `shape = "…"`.
///
/// The language is described in `docs/design/0002-shape-language.md`.
public struct Shape: Equatable, Sendable {
  public typealias Sequence = [Segment]

  /// One part of a sequence, with the name that checks and `secret` use for it.
  public struct Segment: Equatable, Sendable {
    public var name: String?
    public var atom: Atom
    public var isOptional: Bool

    public init(name: String? = nil, atom: Atom, isOptional: Bool = false) {
      self.name = name
      self.atom = atom
      self.isOptional = isOptional
    }
  }

  public indirect enum Atom: Equatable, Sendable {
    case literal([UInt8], isCaseless: Bool)
    /// `alphabet{min,max}`; `max` is nil where the run is open.
    case run(ByteSet, min: Int, max: Int?)
    case tail(Tail)
    case group([Sequence])
  }

  /// Structures that no row of literals and runs can say.
  public enum Tail: Equatable, Sendable {
    /// These two are swallowed once their opening stands.
    case jwt
    case keyBlock
    /// Held until it is decided.
    case phrase(PhraseKind)
  }

  /// The alternatives of the whole shape.
  public var alternatives: [Sequence]

  public init(alternatives: [Sequence]) {
    self.alternatives = alternatives
  }
}

/// What is wrong in the text of a shape, and where: `offset` counts bytes from the start of the shape.
public struct ShapeError: Error, Equatable, Sendable {
  public var offset: Int
  public var expected: String

  public init(offset: Int, expected: String) {
    self.offset = offset
    self.expected = expected
  }
}
