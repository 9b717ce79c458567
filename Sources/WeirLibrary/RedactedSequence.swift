extension AsyncSequence where Element: Sequence<UInt8> {
  /// One input in pieces, such as `[UInt8]` or `Data`, with masks.
  ///
  ///     for try await clean in chunks.redacted(by: engine) { try await send(clean) }
  ///
  /// What a piece decides comes before the next is asked for: a complete line with its line feed, unless it opens a secret of many lines. When the
  /// pieces throw, or nobody asks any more, what is undecided is withheld.
  ///
  /// - Parameter onFinding: comes before the finding's mask.
  public func redacted(
    by engine: Engine, onFinding: @escaping @Sendable (Finding) -> Void = { _ in }
  ) -> RedactedSequence<Self> {
    RedactedSequence(base: self, engine: engine, onFinding: onFinding)
  }
}

/// An input in pieces with masks. No piece of it is empty. Each iteration is an input of its own.
public struct RedactedSequence<Base: AsyncSequence>: AsyncSequence
where Base.Element: Sequence<UInt8> {
  let base: Base
  let engine: Engine
  let onFinding: @Sendable (Finding) -> Void

  public func makeAsyncIterator() -> Iterator {
    Iterator(
      base: base.makeAsyncIterator(), stream: OwnedStream(engine.stream()), onFinding: onFinding)
  }

  public struct Iterator: AsyncIteratorProtocol {
    var base: Base.AsyncIterator
    let stream: OwnedStream
    let onFinding: @Sendable (Finding) -> Void

    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws -> [UInt8]? {
      while stream.isOpen {
        let output: Engine.Stream.Output?
        do {
          let piece = try await base.next(isolation: actor)
          output = try piece.map { try stream.write($0) } ?? stream.finish()
        } catch {
          stream.abort()
          throw error
        }
        output?.findings.forEach(onFinding)
        if let bytes = output?.bytes, !bytes.isEmpty { return bytes }
      }
      return nil
    }
  }
}

extension RedactedSequence: Sendable where Base: Sendable {}

@available(*, unavailable)
extension RedactedSequence.Iterator: Sendable {}

/// A stream that copies of an iterator share.
final class OwnedStream {
  private var stream: Engine.Stream?

  init(_ stream: consuming Engine.Stream) { self.stream = consume stream }

  var isOpen: Bool { stream != nil }

  func write(_ bytes: some Sequence<UInt8>) throws(WeirError) -> Engine.Stream.Output? {
    // Contiguous ones, as of an array, are not copied again.
    let array = bytes as? [UInt8] ?? Array(bytes)
    return try stream?.write(array)
  }

  func finish() throws(WeirError) -> Engine.Stream.Output? { try stream.take()?.finish() }

  func abort() { stream = nil }
}
