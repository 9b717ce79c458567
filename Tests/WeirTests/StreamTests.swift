import Testing
import Weir

@Suite struct StreamTests {
  @Test("a complete line leaves in the call that brought it; what may be a secret waits")
  func lines() throws {
    let engine = try Engine()
    var stream = engine.stream()
    #expect(try stream.write(Array("a line\n".utf8)).bytes == Array("a line\n".utf8))
    let half = Array(token().utf8.prefix(20))
    let output = try stream.write(half)
    #expect(output.bytes.isEmpty && output.receipt.withheldBytes == 20)
    try stream.flush()
    #expect(try stream.write([]).bytes.isEmpty)
    #expect(try stream.finish().bytes == half)
  }

  @Test("an aborted stream withholds what is undecided, and says how much")
  func abort() throws {
    let engine = try Engine()
    var stream = engine.stream()
    let secret = Array(token().utf8)
    _ = try stream.write(Array("clean ".utf8) + secret.dropLast())
    let receipt = stream.abort()
    #expect(receipt.takenBytes == UInt64(secret.count + 5) && receipt.cleanBytes == 6)
    #expect(receipt.withheldBytes == UInt64(secret.count - 1))
    #expect(engine.counters.openStreamCount == 0)
  }

  @Test("a stream that is let go in the midst of a secret leaves nothing behind for the next one")
  func letGo() throws {
    let engine = try Engine()
    let secret = Array(token().utf8)
    do {
      var stream = engine.stream()
      _ = try stream.write(Array(secret.prefix(30)))
    }
    #expect(engine.counters.openStreamCount == 0)
    var next = engine.stream()
    let rest = Array(secret.dropFirst(30))
    let output = try next.write(rest).bytes
    #expect(try output + next.finish().bytes == rest)
  }

  @Test("a stream of nothing is whole")
  func empty() throws {
    let output = try Engine().stream().finish()
    #expect(output.bytes.isEmpty && output.findings.isEmpty && output.receipt.takenBytes == 0)
  }

  @Test("a write longer than a piece is as one that is cut")
  func longWrite() throws {
    let engine = try Engine()
    let secret = Array(token().utf8)
    for offset in [65_536 - secret.count, 65_536 - 20, 65_535, 65_536, 131_072 - 1] {
      let text = [UInt8](repeating: 0x20, count: offset) + secret
      var stream = engine.stream()
      let first = try stream.write(text + Array(" behind\n".utf8))
      let last = try stream.finish()
      #expect(first.findings.map(\.range) == [UInt64(offset)..<UInt64(text.count)])
      #expect(
        first.bytes + last.bytes
          == text[..<offset] + Array("WEIR_REDACTED_github.personal-token behind\n".utf8))
    }
  }

  @Test("stars for a secret longer than a piece are as many as its bytes")
  func manyStars() throws {
    let engine = try Engine(mask: .stars)
    let key = Vector.all.flatMap(\.input)
    var stream = engine.stream()
    let first = try stream.write(key)
    let bytes = try first.bytes + stream.finish().bytes
    #expect(bytes.count == key.count && bytes.contains(UInt8(ascii: "*")))
  }

  @Test("streams and records of many tasks do not meet")
  func manyTasks() async throws {
    let engine = try Engine()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<16 {
        group.addTask {
          for turn in 0..<40 {
            let vector = Vector.all[(task + turn) % Vector.all.count]
            let step = 1 + (task * 7 + turn) % 23
            var one = engine.stream()
            var other = engine.stream()
            var outputs: [[UInt8]] = [[], []]
            for start in stride(from: 0, to: vector.input.count, by: step) {
              let piece = Array(vector.input[start..<min(start + step, vector.input.count)])
              outputs[0] += try one.write(piece).bytes
              outputs[1] += try other.write(piece).bytes
              await Task.yield()
            }
            outputs[0] += try one.finish().bytes
            outputs[1] += try other.finish().bytes
            outputs.append(try engine.redact(vector.input))
            #expect(outputs.allSatisfy { $0 == vector.output }, "\(vector.name), task \(task)")
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(engine.counters.openStreamCount == 0 && engine.counters.streamCount == 16 * 40 * 2)
    #expect(engine.counters.recordCount == 16 * 40)
  }

  @Test("a stream goes from task to task")
  func handedOver() async throws {
    let engine = try Engine()
    let secret = Array(token().utf8)
    var stream = engine.stream()
    let first = try stream.write(Array(secret.prefix(9)))
    let last = try await Self.finish(stream, with: Array(secret.dropFirst(9)))
    #expect(first.bytes.isEmpty)
    #expect(last == Array("WEIR_REDACTED_github.personal-token".utf8))
  }

  @concurrent
  private static func finish(
    _ stream: consuming sending Engine.Stream, with bytes: [UInt8]
  ) async throws -> [UInt8] {
    var output = try stream.write(bytes).bytes
    output += try stream.finish().bytes
    return output
  }
}
