import Testing
import WeirCore
import WeirSpecimens

@Suite("Readers of secrets get what the fingerprint is made of")
struct SecretReaderTests {
  private static let key = FingerprintKey(Array(1...32))!

  /// Keeps what it gets.
  private final class Copy: SecretReader {
    private var bytes: [UInt8] = []
    func read(_ bytes: UnsafeRawBufferPointer) { self.bytes += bytes }
    func finish() -> [UInt8] { bytes }
  }

  private static func policy(key: FingerprintKey? = nil) -> Policy {
    var policy = Policy(keepsRefuted: true, key: key)
    policy.readers = [{ Copy() }, { KeyedDigest(key: Self.key) }, { PlainDigest() }]
    return policy
  }

  @Test("each reads all of it and nothing else, with a key and without, however the input is cut")
  func canonical() throws {
    var maker = BuiltIn.maker(seed: 71)
    let key = maker.specimen(of: "pem.private-key")
    for dress in KeyDress.allCases {
      let bytes = key.dressed(dress).bytes
      let plain = try scan(key.bytes, policy: Self.policy()).findings.first?.readings
      #expect(plain?.count == 3)
      #expect(try scan(bytes, policy: Self.policy()).findings.first?.readings == plain)
    }
    let token = maker.specimen(of: "github.personal-token").bytes
    for policy in [Self.policy(), Self.policy(key: Self.key)] {
      let finding = try #require(try scan(token, policy: policy).findings.first)
      #expect(finding.readings.first == token)
      #expect((finding.fingerprint == nil) == (policy.key == nil))
    }
  }

  @Test("the keyed digest begins with the fingerprint under the same key")
  func keyed() throws {
    var maker = BuiltIn.maker(seed: 72)
    for id in ["github.personal-token", "pem.private-key", "jwt.signed"] {
      let finding = try #require(
        try scan(maker.specimen(of: id).bytes, policy: Self.policy(key: Self.key)).findings.first)
      let head = finding.readings[1].prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      #expect(finding.readings[1].count == 16)
      #expect(head == finding.fingerprint?.value)
    }
  }

  @Test("nobody who asks for nothing gets anything")
  func none() throws {
    var maker = BuiltIn.maker(seed: 73)
    let finding = try scan(maker.specimen(of: "pem.private-key").bytes, policy: Policy()).findings
    #expect(finding.map(\.readings) == [[]])
  }
}
