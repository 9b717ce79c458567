/// An input of several reads with secrets at the bad places, and what is to come of it.
struct LongLog: Sendable {
  static let shared = Result { try LongLog() }

  /// As many bytes as the command asks for at once.
  static let chunkBytes = 1 << 17

  private(set) var bytes: [UInt8] = []
  private(set) var secrets: [[UInt8]] = []
  /// What `redact` and `scan` say where nothing fails.
  private(set) var redacted: [UInt8] = []
  private(set) var findingLines: [UInt8] = []
  private(set) var findingTexts: [UInt8] = []

  private init() throws {
    var maker = try Secrets(seed: 60)
    for chunk in 1...4 {
      // Some inside the chunk, one over its border.
      for tenth in 1...3 {
        fill(to: (chunk - 1) * Self.chunkBytes + tenth * Self.chunkBytes / 4)
        add(maker.token())
      }
      fill(to: chunk * Self.chunkBytes - 300)
      let secret = chunk == 2 ? maker.keyBlock() : maker.token()
      let ahead = chunk == 2 ? 200 : 17
      bytes += [UInt8](repeating: 0x2E, count: chunk * Self.chunkBytes - ahead - bytes.count - 1)
      bytes.append(0x20)
      add(secret)
    }
    fill(to: 4 * Self.chunkBytes + 80_000)
    add(maker.token())
    redacted = try Command.run(["redact"], input: bytes).output
    findingLines = try Command.run(["scan", "--format", "jsonl"], input: bytes).output
    findingTexts = try Command.run(["scan"], input: bytes).output
  }

  private mutating func fill(to count: Int) {
    while bytes.count < count {
      bytes += Array("2026-11-21T02:45:00Z INFO \(bytes.count) request served in 12 ms\n".utf8)
    }
  }

  private mutating func add(_ secret: [UInt8]) {
    bytes += secret + "\n"
    secrets.append(secret)
  }

  /// A piece of a secret that is long enough to be one.
  func leaks(_ output: [UInt8]) -> Bool {
    secrets.contains { secret in
      // The prefix is no secret: `ghp_`, `-----BEGIN …`.
      output.holds(Array(secret.dropFirst(40 > secret.count / 2 ? 4 : 40).prefix(8)))
    }
  }
}
