import Testing
import Trials
import Weir
import WeirCore

@Suite struct EngineTests {
  @Test("what options name and is not there, or leaves nothing, is refused by its name")
  func refusals() {
    #expect(throws: WeirError.unknownPack("clod")) { try Engine(packs: ["cloud", "clod"]) }
    #expect(throws: WeirError.unknownRule("github.x")) { try Engine(rules: ["github.x"]) }
    #expect(throws: WeirError.unknownRule("")) { try Engine(withoutRules: [""]) }
    #expect(throws: WeirError.noRuleLeft) {
      try Engine(rules: ["github.*"], withoutRules: ["github.*"])
    }
    #expect(throws: WeirError.missingKey) { try Engine(mask: .hash) }
    for count in [0, 15, 65] {
      #expect(throws: WeirError.keyLength(bytes: count)) {
        try Engine(key: [UInt8](repeating: 1, count: count))
      }
    }
    #expect("\(WeirError.unknownRule("github.x"))".contains("github.x"))
  }

  @Test("only chosen rules find, and are listed")
  func choice() throws {
    let line = "\(token()) postgres://app:\("s3cr3t-Zq7")@db/prod"
    let all = try Engine()
    #expect(try all.find(line).map(\.rule) == ["github.personal-token", "url.password"])
    #expect(all.rules.count > 100 && all.rules.contains { $0.id == "url.password" })
    let some = try Engine(rules: ["github.*"])
    #expect(try some.find(line).map(\.rule) == ["github.personal-token"])
    #expect(!some.rules.isEmpty && some.rules.allSatisfy { $0.id.hasPrefix("github.") })
    let others = try Engine(withoutRules: ["github.*"])
    #expect(try others.find(line).map(\.rule) == ["url.password"])
    let rule = try #require(some.rules.first { $0.id == "github.personal-token" })
    #expect(rule.confidence == .high && rule.provider == "GitHub" && !rule.packs.isEmpty)
  }

  @Test("each mask stands where a secret stood, and a key makes fingerprints")
  func masks() throws {
    let secret = token()
    let line = "a \(secret) b"
    let key = [UInt8](0..<32)
    #expect(
      try Engine(mask: .rule).redact(line) == "a WEIR_REDACTED_github.personal-token b")
    #expect(try Engine(mask: .fixed).redact(line) == "a WEIR_REDACTED b")
    #expect(
      try Engine(mask: .stars).redact(line)
        == "a \(String(repeating: "*", count: secret.utf8.count)) b")
    let engine = try Engine(mask: .hash, key: key)
    let finding = try #require(try engine.find(line).first)
    let hex = String(try #require(finding.fingerprint), radix: 16)
    let digits = String(repeating: "0", count: 16 - hex.count) + hex
    #expect(try engine.redact(line) == "a WEIR_REDACTED_\(digits) b")
    #expect(try engine.find("c: \(secret)").first?.fingerprint == finding.fingerprint)
    #expect(try Engine().find(line).first?.fingerprint == nil)
  }

  @Test("compiled rules take the place of the built-in ones, or are refused")
  func compiledRules() throws {
    let rule = try TestRule.make("acme.token", "'acmetest_' base62{20}")
    let bytes = CompiledRules.bytes(of: [rule])
    let engine = try Engine(compiledRules: bytes)
    #expect(engine.rules.map(\.id) == ["acme.token"])
    let line = "a acmetest_" + String(repeating: "0a1b2c3d4e", count: 2) + " \(token())"
    #expect(try engine.redact(line) == "a WEIR_REDACTED_acme.token \(token())")
    for damaged in [[], Array(bytes.dropLast()), bytes + [0]] {
      do {
        _ = try Engine(compiledRules: damaged)
        Issue.record("damaged rules were taken")
      } catch {
        guard case .badCompiledRules(let reason) = error else { throw error }
        #expect(reason.contains("weir rules compile"))
      }
    }
  }

  @Test("a record without a secret is the same array, not a copy")
  func sameArray() throws {
    let engine = try Engine()
    let record = Array("nothing here, and nothing there".utf8)
    let result = try engine.redact(record)
    #expect(
      record.withUnsafeBufferPointer(\.baseAddress) == result.withUnsafeBufferPointer(\.baseAddress)
    )
    #expect(try engine.redact([UInt8]()).isEmpty && engine.redact("").isEmpty)
    #expect(try engine.find("").isEmpty)
  }

  @Test("bytes that are no text pass as they are, beside secrets that are masked")
  func invalidText() throws {
    let engine = try Engine()
    let odd: [UInt8] = [0xFF, 0xC3, 0x28, 0x00, 0xED, 0xA0, 0x80, 0x20]
    #expect(try engine.redact(odd) == odd)
    let masked = try engine.redact(odd + Array(token().utf8) + [0x20] + odd)
    #expect(masked == odd + Array("WEIR_REDACTED_github.personal-token ".utf8) + odd)
    // As a string they are replaced by whoever makes it one, and what is made passes.
    let text = String(decoding: odd, as: UTF8.self)
    #expect(try engine.redact(text) == text)
    #expect(
      try engine.redact("é\(text)\(token()) ü") == "é\(text)WEIR_REDACTED_github.personal-token ü")
  }

  @Test("a long record with many secrets gives what a stream gives")
  func longRecord() throws {
    let engine = try Engine()
    let text = String(repeating: "clean \(token()) clean\n", count: 20_000)
    let expected = String(
      repeating: "clean WEIR_REDACTED_github.personal-token clean\n", count: 20_000)
    #expect(try engine.redact(text) == expected)
    var stream = engine.stream()
    let output = try stream.write(Array(text.utf8))
    let rest = try stream.finish()
    #expect(output.bytes + rest.bytes == Array(expected.utf8))
    #expect(output.findings.count == 20_000 && rest.receipt.findingCount == 20_000)
    #expect(output.findings[19_999].line == 20_000 && output.findings[19_999].column == 7)
  }

  @Test("an engine counts what it has done")
  func counters() throws {
    let engine = try Engine()
    #expect(engine.counters.recordCount == 0 && engine.counters.scannedBytes == 0)
    let record = Array("a \(token()) b".utf8)
    _ = try engine.redact(record)
    _ = try engine.find(record)
    var stream = engine.stream()
    _ = try stream.write(record)
    #expect(engine.counters.openStreamCount == 1)
    _ = try stream.finish()
    let counters = engine.counters
    #expect(counters.recordCount == 2 && counters.streamCount == 1)
    #expect(counters.openStreamCount == 0 && counters.findingCount == 3)
    #expect(counters.scannedBytes == UInt64(3 * record.count))
    #expect(counters.maskedBytes == UInt64(2 * (record.count - 4)))
  }
}
