import Foundation
import Glibc
import Testing

/// Memory and time do not depend on what comes. 256 MiB a kind; `WEIR_TEST_SCALE=4` makes it the
/// full GiB.
@Suite(.serialized) struct BoundTests {
  private static let mostResidentKiB = 64 * 1024
  /// What clean logs may cost, times 20, in nanoseconds of a processor a byte; generous, for machines differ.
  private static let mostNanosecondsPerByte = 20.0

  enum Hurt: String, CaseIterable {
    case noNewline = "no newline"
    case unfinishedKeyBlock = "inside an unfinished key block"
    case endlessPassword = "after password="
    case anchorsOnly = "nothing but anchors"

    var opening: String {
      switch self {
      case .noNewline, .anchorsOnly: ""
      case .unfinishedKeyBlock: "-----BEGIN " + "PRIVATE KEY-----\n"
      case .endlessPassword: "password="
      }
    }

    /// What comes over and over.
    var block: [UInt8] {
      let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
      let body = (0..<65_536).map { digits[($0 &* $0 &* 31 &+ $0 >> 3) % digits.count] }
      switch self {
      case .noNewline:
        return Array(String(repeating: "the river runs to the sea; ", count: 2400).utf8)
      case .unfinishedKeyBlock:
        return body.enumerated().map { $0 % 65 == 64 ? 0x0A : $1 }
      case .endlessPassword: return body
      case .anchorsOnly:
        let anchors = ["ghp_", "AKIA", "sk-ant-", "xoxb-", "npm_", "hf_", "eyJ", "glpat-", "://a:"]
        return Array(String(repeating: anchors.joined(), count: 1500).utf8)
      }
    }
  }

  @Test("memory stays under 64 MiB", arguments: Hurt.allCases, ["redact", "scan"])
  func memory(hurt: Hurt, command: String) throws {
    let isOptimised = try Command.isOptimised()
    let scale = ProcessInfo.processInfo.environment["WEIR_TEST_SCALE"].flatMap(Double.init) ?? 1
    let total = Int(Double(isOptimised ? 256 << 20 : 8 << 20) * scale)
    let nothing = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { close(nothing) }
    let live = try LiveCommand([command, "--receipt", "--quiet"], standardOutput: nothing)
    live.write(Array(hurt.opening.utf8))
    let block = hurt.block
    var written = 0
    while written < total {
      guard live.write(block) else { break }
      written += block.count
    }
    let residentKiB = try #require(live.greatestResidentKiB())
    let outcome = live.finish()
    // What it took of a processor: the clock on the wall would tell what else the machine does.
    let perByte = try #require(outcome.processorTime) / .nanoseconds(written)
    print(
      "\(command), \(hurt.rawValue): \(written >> 20) MiB, \(residentKiB) KiB "
        + "resident, \(String(format: "%.2f", perByte)) ns a byte")
    #expect(outcome.code == 0 || outcome.code == 1 && command == "scan")
    #expect(written >= total)
    #expect(outcome.errors.contains("read \(written + hurt.opening.utf8.count) = "))
    #expect(residentKiB < Self.mostResidentKiB)
    if isOptimised { #expect(perByte < Self.mostNanosecondsPerByte) }
  }

  @Test("from exec to the first byte out it takes little time")
  func start() throws {
    var times: [Double] = []
    for _ in 0..<10 {
      let clock = ContinuousClock()
      let start = clock.now
      let live = try LiveCommand(["redact"])
      live.write([0x0A])
      #expect(live.read(atLeast: 1) == [0x0A])
      times.append(Double(start.duration(to: clock.now).components.attoseconds) / 1e15)
      #expect(live.finish().code == 0)
    }
    // The least: whatever else the machine does only adds to it.
    let least = try #require(times.min())
    print("from exec to the first byte out: \(String(format: "%.1f", least)) ms (least of 10)")
    if try Command.isOptimised() { #expect(least < 50) }
  }
}
