import Glibc
import Testing
import WeirIO

/// The receipt: sums that prove every byte was looked at.
@Suite struct ReceiptTests {
  private static let good = Receipt(
    readBytes: 100, scannedBytes: 100, cleanBytes: 60, maskedBytes: 30, withheldBytes: 10,
    output: .init(writtenBytes: 75, maskTextBytes: 15))

  @Test("sums that agree pass")
  func good() throws {
    try Self.good.verify()
    var sum = Receipt()
    sum.add(Self.good)
    sum.add(Self.good)
    #expect(sum.readBytes == 200)
    try sum.verify()
    var scan = Self.good
    scan.output = nil
    try scan.verify()
  }

  @Test("a fault planted in any one sum is named")
  func faults() {
    func broken(_ change: (inout Receipt) -> Void) -> ReceiptError? {
      var receipt = Self.good
      change(&receipt)
      do { try receipt.verify() } catch { return error }
      return nil
    }
    for off: UInt64 in [1, .max, 50] {
      func isNamed(_ error: ReceiptError?, _ name: String) -> Bool {
        error.map { "\($0)".contains(name) } ?? false
      }
      #expect(isNamed(broken { $0.readBytes &+= off }, "read and scanned"))
      #expect(isNamed(broken { $0.scannedBytes &+= off }, "read and scanned"))
      #expect(isNamed(broken { $0.cleanBytes &+= off }, "scanned and decided"))
      #expect(isNamed(broken { $0.maskedBytes &+= off }, "scanned and decided"))
      #expect(isNamed(broken { $0.withheldBytes &+= off }, "scanned and decided"))
      #expect(isNamed(broken { $0.output!.writtenBytes &+= off }, "written and decided"))
      #expect(isNamed(broken { $0.output!.maskTextBytes &+= off }, "written and decided"))
    }
  }

  /// The numbers of a receipt's line, in its order.
  private func numbers(_ errors: String) throws -> [Int] {
    let line = try #require(errors.split(separator: "\n").first { $0.contains("receipt: ") })
    return line.matches(of: /\d+/).map { Int($0.output)! }
  }

  @Test("the receipt of a stream adds up")
  func stream() throws {
    var secrets = try Secrets(seed: 20)
    let token = secrets.token()
    let input = "a " + token + " b\n" + token
    let outcome = try Command.run(["redact", "--receipt", "--quiet"], input: input)
    let mask = "WEIR_REDACTED_github.personal-token".utf8.count
    #expect(
      try numbers(outcome.errors) == [
        input.count, input.count, 5, 2 * token.count, 0, outcome.output.count, 5, 2 * mask,
      ])
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test("the receipt of a scan has no output, and counts all inputs")
  func scan() throws {
    var secrets = try Secrets(seed: 21)
    let token = secrets.token()
    let folder = try TemporaryFolder()
    try folder.add("a", Array("clean\n".utf8))
    try folder.add("b", token)
    let outcome = try Command.run(["scan", "--receipt", "--quiet", folder.path])
    let all = 6 + token.count
    #expect(try numbers(outcome.errors) == [all, all, 6, token.count, 0])
  }

  @Test("what a failed write lost is withheld, and the receipt still adds up")
  func failedWrite() throws {
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(full) }
    let live = try LiveCommand(["redact", "--receipt"], standardOutput: full)
    live.write(Array("some text\n".utf8))
    let outcome = live.finish()
    #expect(outcome.code == 2)
    #expect(try numbers(outcome.errors) == [10, 10, 0, 0, 10, 0, 0, 0])
    #expect(outcome.errors.contains("<stdout>: cannot be written"))
    #expect(outcome.errors.contains("No space left on device"))
    #expect(outcome.errors.contains("10 bytes that were read are withheld"))
    #expect(!outcome.errors.contains("differ"))
  }
}
