import Foundation
import Testing

/// What stands where a secret stood, and the keys of fingerprints.
@Suite struct MaskTests {
  private static let key = "0123456789abcdef0123456789abcdef"

  private func redact(
    _ arguments: [String], _ secret: [UInt8], environment: [String: String] = [:]
  ) throws -> Command.Outcome {
    try Command.run(
      ["redact"] + arguments, input: "<" + secret + ">\n", environment: environment)
  }

  @Test("without a key a mask names the rule, or nothing")
  func plain() throws {
    var secrets = try Secrets(seed: 10)
    let token = secrets.token()
    #expect(try redact([], token).text == "<WEIR_REDACTED_github.personal-token>\n")
    #expect(try redact(["--mask", "rule"], token).text == (try redact([], token).text))
    #expect(try redact(["--mask", "fixed"], token).text == "<WEIR_REDACTED>\n")
    let stars = String(repeating: "*", count: token.count)
    #expect(try redact(["--mask", "stars"], token).text == "<\(stars)>\n")
  }

  @Test("stars cover a long key block byte for byte")
  func longStars() throws {
    let label = "RSA PRIVATE KEY"
    var block = Array("-----BEGIN \(label)-----\n".utf8)
    for line in 0..<4000 {
      for place in 0..<64 { block.append(UInt8(65 + (line * 7 + place * 11) % 26)) }
      block.append(0x0A)
    }
    block += Array("-----END \(label)-----".utf8)
    let outcome = try redact(["--mask", "stars"], block)
    #expect(outcome.output == "<" + [UInt8](repeating: 0x2A, count: block.count) + ">\n")
  }

  @Test("with a key the same secret has the same fingerprint, another one another")
  func fingerprints() throws {
    var secrets = try Secrets(seed: 11)
    let folder = try TemporaryFolder()
    let file = try folder.add("key", Array((Self.key + "\n").utf8))
    let (token, other) = (secrets.token(), secrets.token())
    let masked = try redact(["--key", file], token).text
    #expect(masked.wholeMatch(of: /<WEIR_REDACTED_github\.personal-token_[0-9a-f]{16}>\n/) != nil)
    #expect(try redact(["--key", file], other).text != masked)
    #expect(try redact([], token, environment: ["WEIR_KEY": Self.key]).text == masked)
    let otherKey = ["WEIR_KEY": String(Self.key.reversed())]
    #expect(try redact([], token, environment: otherKey).text != masked)
    #expect(try redact(["--key", file], token, environment: otherKey).text == masked)
    let hash = try redact(["--mask", "hash", "--key", file], token).text
    #expect(hash == masked.replacing("github.personal-token_", with: ""))
    let fixed = try redact(["--mask", "fixed", "--key", file], token).text
    #expect(fixed == "<WEIR_REDACTED>\n")
  }

  @Test("a hash without a key is refused before a byte is written")
  func hashWithoutKey() throws {
    let outcome = try Command.run(["redact", "--mask", "hash"], input: Array("text\n".utf8))
    #expect(outcome.code == 2)
    #expect(outcome.output == [])
    #expect(outcome.errors.contains("--mask hash: needs a key"))
  }

  @Test("keys that are too short, too long, empty or not there are refused by name")
  func badKeys() throws {
    let folder = try TemporaryFolder()
    for (count, isGood) in [(0, false), (15, false), (16, true), (64, true), (65, false)] {
      for end in ["", "\n"] {
        let text = String(repeating: "k", count: count) + end
        let file = try folder.add("key", Array(text.utf8))
        let outcome = try Command.run(["redact", "--key", file], input: Array("text\n".utf8))
        #expect(outcome.code == (isGood ? 0 : 2), "\(count) bytes")
        #expect(outcome.errors.contains("16 to 64 bytes") == !isGood)
      }
    }
    let missing = try Command.run(["scan", "--key", "\(folder.path)/none"])
    #expect(missing.code == 2)
    #expect(missing.errors.contains("none: cannot be opened: No such file or directory"))
    let empty = try Command.run(["redact"], environment: ["WEIR_KEY": ""])
    #expect(empty.code == 2)
    #expect(empty.errors.contains("WEIR_KEY"))
    #expect(!empty.errors.contains("kkkk"))
  }

  @Test("an unknown mask is wrong usage")
  func unknownMask() throws {
    #expect(try Command.run(["redact", "--mask", "blank"]).code == 2)
  }
}
