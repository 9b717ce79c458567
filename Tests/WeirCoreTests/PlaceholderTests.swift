import Testing
import WeirCore
import WeirSpecimens

@Suite("Placeholders are no findings")
struct PlaceholderTests {
  private func expectNothing(_ text: String, _ note: String) throws {
    let result = try scan(Array(text.utf8), policy: .redact)
    #expect(result.findings.isEmpty, "\(note): \(result.findings)")
  }

  @Test("the key pair of AWS's documentation")
  func awsExample() throws {
    let end = "EXAMPLE"
    let id = "AKIA" + "IOSFODNN7" + end
    let pair = "wJalrXUtnFEMI/K7MDENG" + "/bPxRfiCY" + end + "KEY"
    try expectNothing(id, "id")
    try expectNothing("aws_access_key_id = \(id)\naws_secret_access_key = \(pair)\n", "pair")
    try expectNothing("aws_secret_access_key=\"\(pair)\"", "secret")
  }

  @Test("a path as long as a key, behind the id of one")
  func path() throws {
    var maker = BuiltIn.maker(seed: 42)
    let id = maker.specimen(of: "aws.access-key-id").bytes
    let path = Array(" -> /mnt/hadoop/dfs/data/current/subdir3/blk_17\n".utf8)
    let found = try scan(id + path, policy: .redact).findings
    #expect(found.map { BuiltIn.catalogue.ruleID($0.rule) } == ["aws.access-key-id"])
  }

  @Test("the password that is none, behind a token in a git URL")
  func tokenURL() throws {
    try expectNothing("https://ann:x-oauth-basic@git.example/ann/app", "x-oauth-basic")
  }

  @Test("repeated and ascending bytes")
  func patterns() throws {
    let github = "ghp" + "_"
    try expectNothing(github + String(repeating: "x", count: 36), "xxxx")
    try expectNothing(github + String(repeating: "0", count: 36), "0000")
    try expectNothing(github + String(repeating: "ab", count: 18), "abab")
    try expectNothing(
      github + "0123456789abcdefghijklmnopqrstuvwxyz".prefix(36), "ascending")
    try expectNothing(
      "cohere_api_key = \"" + String(repeating: "x", count: 40) + "\"", "context")
  }

  @Test(
    "references to a value elsewhere",
    arguments: [
      "${VAR}", "$VAR", "$(cat file)", "<your-key>", "<password>", "{{ password }}", "%PASSWORD%",
      "[password]", "password", "secret", "changeme", "your-password", "****", "AppSecret",
      "MAIL_API_KEY", "new-password", "access-token-1", "mySendingPassword", "your-4kV9x",
      "YOUR_4kV9x",
    ])
  func references(value: String) throws {
    try expectNothing("https://user:\(value)@host.example/", value)
    try expectNothing("cohere_api_key = \"\(value)\"", value)
  }

  @Test("what only looks like your-something is a secret", arguments: ["four-4kV9x", "you-r4kV9x"])
  func nearlyYours(value: String) throws {
    let input = Array("https://user:\(value)@host.example/".utf8)
    #expect(try scan(input, policy: .redact).findings.count == 1)
  }

  @Test("the sample token of jwt.io")
  func sampleToken() throws {
    // Header and payload as documented, in parts; the signature is made up.
    let header = "eyJhbGciOiJIUzI1NiIs" + "InR5cCI6IkpXVCJ9"
    let payload = "eyJzdWIiOiIxMjM0NTY3ODkw" + "IiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ"
    var random = SplitMix64(seed: 41)
    let signature = random.bytes(Alphabet.named["base64url"]!.bytes, count: 43)
    try expectNothing(
      "\(header).\(payload).\(String(decoding: signature, as: UTF8.self))", "jwt.io")
  }
}
