internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// `weir baseline hash`: what an allow-list knows a secret by.
struct BaselineHashCommand: ParsableCommand {
  private static let mostBytes = 1 << 20

  static let configuration = CommandConfiguration(
    commandName: "hash",
    abstract: "Reads one secret from standard input, and writes its SHA-256, for an allow-list.",
    usage: "weir baseline hash [<options>]",
    discussion: """
      A newline at its end does not count. There is no key in this hash: whoever sees it can try \
      guesses, so write down hashes of what is worth nothing, such as test keys.
      """)

  @OptionGroup var catalogueOptions: CatalogueOptions

  func run() throws {
    guard var bytes = try Path.standardInput.contents(mostBytes: Self.mostBytes) else {
      throw Complaint(text: "<stdin>: is longer than \(Self.mostBytes >> 20) MiB; give one secret")
    }
    defer { bytes.withUnsafeMutableBytes { $0.wipe() } }
    let newlines: Set<UInt8> = [0x0A, 0x0D]
    let end = bytes.lastIndex { !newlines.contains($0) }.map { $0 + 1 } ?? 0
    guard end > 0 else { throw Complaint(text: "<stdin>: is empty; give a secret") }
    let catalogue = try catalogueOptions.load()
    let digest = try bytes.withUnsafeBytes { bytes in
      try Self.digest(of: UnsafeRawBufferPointer(rebasing: bytes[..<end]), catalogue)
    }
    try ExitStatus.show(Hex.text(of: digest))
  }

  /// Of what a rule finds to be a secret the digest that its findings carry; of all else that of its bytes.
  private static func digest(
    of secret: UnsafeRawBufferPointer, _ catalogue: Catalogue
  ) throws -> [UInt8] {
    var policy = Policy(minConfidence: .low, keepsRefuted: true, countsLines: false)
    policy.readers = [{ PlainDigest() }]
    var scanner = try Scanner(catalogue: catalogue, policy: policy)
    scanner.room(for: secret.count).copyMemory(from: secret)
    scanner.append(count: secret.count)
    var whole = WholeSecret(byteCount: UInt64(secret.count))
    try scanner.finish(into: &whole)
    if let digest = whole.digest { return digest }
    let plain = PlainDigest()
    plain.read(secret)
    return plain.finish()
  }
}

/// Waits for a finding that is all of the input.
private struct WholeSecret: Sink {
  let byteCount: UInt64
  private(set) var digest: [UInt8]?

  init(byteCount: UInt64) { self.byteCount = byteCount }

  mutating func clean(_ bytes: UnsafeRawBufferPointer) {}

  mutating func finding(_ finding: Finding) {
    if finding.start == 0, finding.end == byteCount { digest = finding.readings.first }
  }

  mutating func mask(_ finding: Finding, byteCount: UInt64) {}
}
