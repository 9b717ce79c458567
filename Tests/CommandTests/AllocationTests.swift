import Testing

/// Where memory ends.
@Suite struct AllocationTests {
  @Test(
    "every allocation of Hyperscan that fails is a named error, loses nothing and can be tried again"
  )
  func hyperscan() throws {
    let outcome = try Command.run([], of: .allocationFaults)
    #expect(outcome.code == 0, "\(outcome.text)\(outcome.errors)")
    let steps = outcome.lines.map { $0.prefix { $0 != ":" } }
    #expect(steps == ["compile", "serialise", "load", "scan", "scan under way"])
    for line in outcome.lines.dropLast() {
      #expect(line.wholeMatch(of: /.*: [1-9]\d* allocations, [1-9]\d* faults named/) != nil)
    }
  }
}
