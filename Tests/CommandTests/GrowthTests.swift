import Testing

/// What never ends takes no more memory than what does.
@Suite struct GrowthTests {
  @Test(
    "memory is bounded behind anchors, in key blocks and under repeated anchors that never end, encoded or not",
    arguments: ["runs", "blocks", "anchors", "encoded"])
  func growth(part: String) throws {
    let outcome = try Command.run([part], of: .memoryGrowth)
    #expect(outcome.code == 0, "\(outcome.text)\(outcome.errors)")
    #expect(
      outcome.text.wholeMatch(of: /.*: [1-9]\d* inputs, grew by at most -?\d+ bytes\n/) != nil)
  }
}
