import Foundation
import Synchronization
import Testing
import Weir

@Suite struct AsyncTests {
  private struct Torn: Error {}

  private static func pieces<Piece: Sendable>(_ pieces: [Piece], torn: Bool = false)
    -> AsyncThrowingStream<Piece, any Error>
  {
    AsyncThrowingStream { stream in
      for piece in pieces { stream.yield(piece) }
      stream.finish(throwing: torn ? Torn() : nil)
    }
  }

  @Test("every vector in pieces of any size gives the one-shot result, and its findings in order")
  func chunks() async throws {
    let engine = try Engine()
    for vector in Vector.all + [Vector.joined] {
      for size in [1, 2, 3, 7, 16, 64, 1000] {
        let chunks = stride(from: 0, to: vector.input.count, by: size).map {
          Array(vector.input[$0..<min($0 + size, vector.input.count)])
        }
        let findings = Mutex<[Finding]>([])
        var output: [UInt8] = []
        let clean = Self.pieces(chunks).redacted(by: engine) { finding in
          findings.withLock { $0.append(finding) }
        }
        for try await bytes in clean {
          #expect(!bytes.isEmpty)
          output += bytes
        }
        #expect(output == vector.output, "\(vector.name) by \(size)")
        #expect(findings.withLock { $0 }.found == vector.findings, "\(vector.name) by \(size)")
      }
    }
    #expect(engine.counters.openStreamCount == 0)
  }

  @Test("every vector byte by byte, and in pieces of Data, gives the one-shot result")
  func bytes() async throws {
    let engine = try Engine()
    for vector in Vector.all {
      let bytes = try await Self.pieces(vector.input).redacted(by: engine)
        .reduce(into: [UInt8]()) { $0.append($1) }
      #expect(bytes == vector.output, "\(vector.name)")
      let data = try await Self.pieces([Data(vector.input)]).redacted(by: engine)
        .reduce(into: [UInt8]()) { $0 += $1 }
      #expect(data == vector.output, "\(vector.name)")
    }
  }

  @Test("a line comes before the next piece is asked for")
  func atOnce() async throws {
    let engine = try Engine()
    let (chunks, source) = AsyncStream.makeStream(of: [UInt8].self)
    var clean = chunks.redacted(by: engine).makeAsyncIterator()
    source.yield(Array("first\n".utf8))
    #expect(try await clean.next() == Array("first\n".utf8))
    source.yield(Array("\(token())\n".utf8))
    var line: [UInt8] = []
    while line.last != 0x0A { line += try #require(try await clean.next()) }
    #expect(line == Array("WEIR_REDACTED_github.personal-token\n".utf8))
    source.finish()
    #expect(try await clean.next() == nil)
    #expect(try await clean.next() == nil)
  }

  @Test("when pieces throw, so does what is clean, and what is undecided is withheld")
  func torn() async throws {
    let engine = try Engine()
    let half = Array(token().utf8.prefix(20))
    for isInBytes in [false, true] {
      var output: [UInt8] = []
      await #expect(throws: Torn.self) {
        if isInBytes {
          let bytes = Self.pieces(Array("clean\n".utf8) + half, torn: true)
          for try await byte in bytes.redacted(by: engine) { output.append(byte) }
        } else {
          let chunks = Self.pieces([Array("clean\n".utf8), half], torn: true)
          for try await bytes in chunks.redacted(by: engine) { output += bytes }
        }
      }
      #expect(output == Array("clean\n".utf8))
      #expect(engine.counters.openStreamCount == 0)
    }
  }

  @Test("each iteration is an input of its own, and one that is let go ends its stream")
  func iterations() async throws {
    let engine = try Engine()
    let chunks = Repeated(piece: Array("\(token())\n".utf8))
    let clean = chunks.redacted(by: engine)
    for _ in 0..<3 {
      var count = 0
      for try await bytes in clean {
        #expect(bytes == Array("WEIR_REDACTED_github.personal-token\n".utf8).suffix(bytes.count))
        count += 1
        if count == 5 { break }
      }
    }
    #expect(engine.counters.streamCount == 3 && engine.counters.openStreamCount == 0)
  }
}

/// The same piece again and again.
private struct Repeated: AsyncSequence {
  let piece: [UInt8]

  func makeAsyncIterator() -> Iterator { Iterator(piece: piece) }

  struct Iterator: AsyncIteratorProtocol {
    let piece: [UInt8]
    mutating func next() async -> [UInt8]? { piece }
  }
}
