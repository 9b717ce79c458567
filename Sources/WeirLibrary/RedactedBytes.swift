extension AsyncSequence where Element == UInt8 {
  /// One input, byte by byte, with masks.
  ///
  ///     for try await byte in bytes.redacted(by: engine) { … }
  ///
  /// Bytes are looked at a line at a time, or 4,096 of a longer one: until then they wait. When the bytes throw, or nobody asks any
  /// more, what is undecided is withheld.
  ///
  /// - Parameter onFinding: comes before the first byte of the finding's mask.
  public func redacted(
    by engine: Engine, onFinding: @escaping @Sendable (Finding) -> Void = { _ in }
  ) -> RedactedBytes<Self> {
    RedactedBytes(lines: Lines(base: self).redacted(by: engine, onFinding: onFinding))
  }
}

/// An input, byte by byte, with masks. Each iteration is an input of its own.
public struct RedactedBytes<Base: AsyncSequence>: AsyncSequence where Base.Element == UInt8 {
  let lines: RedactedSequence<Lines<Base>>

  public func makeAsyncIterator() -> Iterator { Iterator(lines: lines.makeAsyncIterator()) }

  public struct Iterator: AsyncIteratorProtocol {
    var lines: RedactedSequence<Lines<Base>>.Iterator
    var line: [UInt8] = []
    var place = 0

    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws -> UInt8? {
      if place == line.count {
        guard let next = try await lines.next(isolation: actor) else { return nil }
        line = next
        place = 0
      }
      defer { place += 1 }
      return line[place]
    }
  }
}

extension RedactedBytes: Sendable where Base: Sendable {}

@available(*, unavailable)
extension RedactedBytes.Iterator: Sendable {}

/// Bytes in pieces that end with a line, or with the input.
struct Lines<Base: AsyncSequence>: AsyncSequence where Base.Element == UInt8 {
  private static var mostBytes: Int { 4096 }

  let base: Base

  func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator()) }

  struct Iterator: AsyncIteratorProtocol {
    var base: Base.AsyncIterator

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
      var line: [UInt8] = []
      while line.count < Lines.mostBytes, let byte = try await base.next(isolation: actor) {
        line.append(byte)
        if byte == 0x0A { break }
      }
      return line.isEmpty ? nil : line
    }
  }
}

extension Lines: Sendable where Base: Sendable {}
