import Oracle
import Testing
import WeirCore
import WeirSpecimens

/// Bounds of what is judged once a shape stands: placeholders, confidence, fingerprints.
extension BoundaryTests {
  // MARK: Placeholders and confidence

  @Test("a pattern is eight bytes and a third of the secret, wherever it stands")
  func patterns() {
    func isPlaceholder(_ text: String) -> Bool {
      Array(text.utf8).withUnsafeBytes { Placeholder.stands(for: $0, prefixBytes: 0) }
    }
    let random = "q7Wk2Zr9Ty4Hs8Lm3Vb6Xn1Pd5Gf0Jc"
    for place in 0...16 {
      let (head, rest) = (random.prefix(place), random.dropFirst(place).prefix(16 - place))
      #expect(isPlaceholder(head + "11111111" + rest), "eight at \(place)")
      #expect(isPlaceholder(head + "EFGHIJKL" + rest), "a row of eight at \(place)")
      #expect(!isPlaceholder(head + "1111111" + rest + "w"), "seven at \(place)")
    }
    #expect(isPlaceholder("11111111" + random.prefix(16)), "a third")
    #expect(!isPlaceholder("11111111" + random.prefix(17)), "less than a third")
    for row in ["34567890abcdef", "6789abcdefgh", "VWXYZabcdef", "uvwxyz012345", "vwxyzABCDEF"] {
      #expect(isPlaceholder(row), "\(row)")
    }
    #expect(isPlaceholder("password") && isPlaceholder("Passwd") && !isPlaceholder("passwird"))
    #expect(!isPlaceholder("paSs1word"))
  }

  @Test("what begins with your and a line is a placeholder, and with nothing else behind your")
  func yours() {
    func isPlaceholder(_ text: String) -> Bool {
      Array(text.utf8).withUnsafeBytes { Placeholder.stands(for: $0, prefixBytes: 0) }
    }
    for line in ["-", "_"] {
      #expect(isPlaceholder("your\(line)q7Wk2Zx9"))
      #expect(isPlaceholder("Your\(line)q"))
      #expect(!isPlaceholder("your\(line)"))
      #expect(!isPlaceholder("tour\(line)q7Wk2Zx9"))
    }
    #expect(!isPlaceholder("yourq7Wk2Zx9") && !isPlaceholder("your.q7Wk2Zx9"))
  }

  @Test(
    "a part that no key has by chance makes a placeholder, wherever it stands and in any case",
    arguments: ["example", "placeholder", "changeme", "redacted"])
  func parts(part: String) {
    func isPlaceholder(_ text: String) -> Bool {
      Array(text.utf8).withUnsafeBytes { Placeholder.stands(for: $0, prefixBytes: 0) }
    }
    let random = "q7Wk2Zx9Ty4Hs8Lm"
    for place in 0...random.utf8.count {
      let (head, rest) = (random.prefix(place), random.dropFirst(place))
      #expect(isPlaceholder(head + part + rest), "at \(place)")
      #expect(isPlaceholder(head + part.uppercased() + rest), "at \(place)")
      #expect(!isPlaceholder("\(head)\(part.dropLast())\(rest)"), "at \(place)")
    }
  }

  @Test("three different bytes are too few for a secret, four are enough; of a short one two")
  func distinctBytes() {
    func isMonotonous(_ text: String) -> Bool {
      Array(text.utf8).withUnsafeBytes(Placeholder.isMonotonous)
    }
    #expect(isMonotonous("abcabcabc") && !isMonotonous("abcdabcd"))
    #expect(isMonotonous("aaaaaaa") && !isMonotonous("aaaaaab") && isMonotonous("aaaaaaab"))
    #expect(isMonotonous("\u{7F}\u{80}\u{7F}\u{80}") == false)
  }

  @Test("a digest is no key where the rule says so")
  func digests() throws {
    var random = SplitMix64(seed: 164)
    let digest = random.bytes(Alphabet.named["hex"]!.bytes, count: 40)
    #expect(try count(text("cohere_digest_key = \"") + digest + text("\"")) == 0)
    #expect(try count(text("cohere_digest_key = \"") + digest.dropLast() + text("g\"")) == 1)
  }

  @Test("findings of just the confidence asked for are reported")
  func confidence() throws {
    var rules = [try TestRule.make("t.token", "'tok_' base62{20}")]
    let token = text("tok" + "_") + letters(20, seed: 165)
    for confidence in Confidence.allCases {
      rules[0].confidence = confidence
      let catalogue = try Catalogue(compiling: rules)
      for asked in Confidence.allCases {
        let result = try scan(token, policy: Policy(minConfidence: asked), catalogue: catalogue)
        #expect(result.findings.map(\.confidence) == (confidence >= asked ? [confidence] : []))
      }
    }
  }

  // MARK: Fingerprints

  private func fingerprint(_ input: [UInt8]) throws -> Fingerprint? {
    let policy = Policy(keepsRefuted: true, key: FingerprintKey(Array(1...32)))
    let result = try scan(input, policy: policy)
    let bytewise = try scan(input.indices.map { input[$0..<$0 + 1] }, policy: policy)
    #expect(result == bytewise)
    #expect(result.findings.count == 1, "\(result.findings)")
    return result.findings.first?.fingerprint
  }

  @Test("a percent escape at the end of a password, or half a one, is read like any")
  func percentAtTheEnd() throws {
    let password = String(decoding: letters(9, seed: 166), as: UTF8.self)
    func of(_ password: String) throws -> Fingerprint? {
      try fingerprint(text("postgres://app:" + password) + text("@db/"))
    }
    let plain = try of(password + "A")
    #expect(plain != nil)
    #expect(try of(password + "%41") == plain)
    #expect(try of(password + "%4") != plain)
    #expect(try of(password + "%4") == of(password + "%254"))
    #expect(try of("%41" + password) == of("A" + password))
  }

  @Test("a key's fingerprint is that of its base64: slashes escaped or not, whatever its label")
  func keyBody() throws {
    var body = letters(256, seed: 167)
    for place in stride(from: 5, to: 256, by: 23) { body[place] = UInt8(ascii: "/") }
    func block(_ label: String, _ body: [UInt8]) -> [UInt8] {
      text("-----BEGIN \(label)-----\\n") + body + text("\\n-----END \(label)-----")
    }
    let plain = try fingerprint(block("PRIVATE " + "KEY", body))
    #expect(plain != nil)
    #expect(try fingerprint(block("RSA PRIVATE " + "KEY", body)) == plain)
    for header in ["Version: 2", "Proc-Type: 4,ENCRYPTED", "X-Made-By: 1\\nComment: a b"] {
      let dressed = text("\(header)\\n\\n") + body
      #expect(try fingerprint(block("PRIVATE " + "KEY", dressed)) == plain, "\(header)")
    }
    let escaped = body.flatMap { $0 == UInt8(ascii: "/") ? [UInt8(ascii: "\\"), $0] : [$0] }
    #expect(try fingerprint(block("PRIVATE " + "KEY", escaped)) == plain)
    #expect(try fingerprint(block("PRIVATE " + "KEY", Array(body.dropLast()))) != plain)
  }
}
