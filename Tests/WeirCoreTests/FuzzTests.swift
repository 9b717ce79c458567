import Testing
import WeirSpecimens

/// The fuzzer's trials without a fuzzer: so many inputs of seeds. `make fuzz` goes on where this ends.
@Suite("Fuzzed input breaks no promise")
struct FuzzTests {
  private static let runs: [(FuzzTarget, Int)] = [
    (.stream, 3000), (.shape, 10000), (.rules, 6000), (.twice, 4000), (.tinyrules, 50000),
  ]

  @Test("of every target", arguments: runs)
  func trial(name: FuzzTarget, runs: Int) throws {
    let trial = name.trial
    let runs = runs * Scale.factor
    var failures = 0
    for seed in 0..<UInt64(runs) where failures < 3 {
      let bytes = trial.bytes(seed: seed)
      if let failure = try trial.failure(of: bytes) {
        Issue.record("\(name), seed \(seed): \(failure)\n\(trial.description(of: bytes))")
        failures += 1
      }
    }
  }
}
