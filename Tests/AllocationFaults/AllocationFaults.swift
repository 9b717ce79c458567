internal import CHyperscan
internal import Glibc
internal import Hyperscan
internal import WeirCore

/// Makes the n-th allocation of Hyperscan fail, for every n until none does, in each step that allocates.
///
/// Prints a line for each step, `<step>: <n> allocations, <m> faults named`; the first broken promise ends it with 1.
/// Run by `Tests/CommandTests/AllocationTests.swift`.
@main
enum AllocationFaults {
  /// A step, and whether the error it ended with is the one that is to be.
  private struct Step {
    var name: String
    var run: () throws -> Void
    var isNamed: (any Error) -> Bool
  }

  static func main() {
    FailingAllocator.install()
    do {
      let rules = try rules()
      let image = try FailingAllocator.givingAway { try Catalogue(compiling: rules).image() }
      expect(FailingAllocator.liveCount == 0, "a catalogue that is gone left nothing")
      let catalogue = try load(image)
      try fail(
        Step(name: "compile") {
          _ = try Catalogue(compiling: rules)
        } isNamed: {
          $0 as? CatalogueError == .hyperscan(.outOfMemory)
        })
      try fail(
        Step(name: "serialise") {
          _ = try FailingAllocator.givingAway { try catalogue.serializedDatabase() }
        } isNamed: {
          $0 as? CatalogueError == .hyperscan(.outOfMemory)
        })
      try fail(
        Step(name: "load") {
          _ = try load(image)
        } isNamed: {
          $0 as? CatalogueError == .hyperscan(.outOfMemory)
        })
      try fail(
        Step(name: "scan") {
          expect(try scan(catalogue) == 1, "the token is found")
        } isNamed: {
          $0 as? ScanError == .hyperscan(.outOfMemory)
        })
      try refuseWhileScanning(catalogue)
    } catch {
      expect(false, "an error where nothing was refused: \(error)")
    }
  }

  /// The n-th allocation fails, and then all from the n-th on; each time the step works right afterwards.
  private static func fail(_ step: Step) throws {
    let live = FailingAllocator.liveCount
    FailingAllocator.refuse(0...0)
    try step.run()
    let allocationCount = FailingAllocator.relent()
    expect(allocationCount > 0, "\(step.name) allocates nothing: nothing was tried")
    var namedCount = 0
    for first in 1...allocationCount {
      for last in [first, .max] {
        FailingAllocator.refuse(first...last)
        var failure: (any Error)?
        do { try step.run() } catch { failure = error }
        FailingAllocator.relent()
        expect(failure != nil, "\(step.name) passed over a refused allocation")
        if let failure { expect(step.isNamed(failure), "\(step.name) said \(failure)") }
        expect(FailingAllocator.liveCount == live, "\(step.name) lost memory")
        namedCount += 1
        try step.run()
        expect(FailingAllocator.liveCount == live, "\(step.name) lost memory when it worked again")
      }
    }
    print("\(step.name): \(allocationCount) allocations, \(namedCount) faults named")
  }

  /// Once it has begun, a scan asks for no memory: it goes on where there is none.
  private static func refuseWhileScanning(_ catalogue: Catalogue) throws {
    var sink = Counter()
    do {
      var scanner = try Scanner(catalogue: catalogue, policy: .redact)
      FailingAllocator.refuse(1 ... .max)
      try scanner.scan(token + token + token, into: &sink)
    }
    let allocationCount = FailingAllocator.relent()
    expect(sink.findingCount == 3, "all tokens are found without memory")
    expect(allocationCount == 0, "a scan allocates")
    print("scan under way: \(allocationCount) allocations")
  }

  private static func rules() throws -> [RuleDefinition] {
    try ["one", "two", "three"].map { name in
      let shape = "'acme-\(name)-' body:base62{20}"
      return RuleDefinition(
        id: "acme.\(name)", providerName: "Acme", title: "Acme token", category: "test",
        power: "read", revoke: "acme.example/keys", packs: ["test"], shapeText: shape,
        shape: try ShapeParser.parse(shape))
    }
  }

  private static func load(_ image: [UInt8]) throws -> Catalogue {
    try image.withUnsafeBytes { try Catalogue(trustedImage: $0, by: .hyperscan) }
  }

  private static func scan(_ catalogue: Catalogue) throws(ScanError) -> Int {
    var scanner = try Scanner(catalogue: catalogue, policy: .redact)
    var sink = Counter()
    try scanner.scan(token, into: &sink)
    return sink.findingCount
  }

  private static let token = Array("see acme-two-7bQx9Lm2Kd4Tz8Rw5Vy1 there\n".utf8)

  private static func expect(_ isKept: Bool, _ promise: String) {
    if isKept { return }
    print("broken: \(promise)")
    exit(1)
  }
}

private struct Counter: Sink {
  var findingCount = 0
  mutating func clean(_ bytes: UnsafeRawBufferPointer) {}
  mutating func finding(_ finding: Finding) { findingCount += 1 }
  mutating func mask(_ finding: Finding, byteCount: UInt64) {}
}

extension Scanner {
  fileprivate mutating func scan(
    _ bytes: [UInt8], into sink: inout some Sink
  ) throws(ScanError) {
    room(for: bytes.count).copyBytes(from: bytes)
    append(count: bytes.count)
    try advance(into: &sink)
    try finish(into: &sink)
  }
}
