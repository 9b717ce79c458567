internal import ArgumentParser
internal import WeirIO

/// How many threads share the work.
struct ThreadOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads; by default one for each processor.",
      valueName: "n"))
  var threads: Int?

  var count: Int { threads ?? Threads.available }

  func validate() throws {
    guard threads.map({ $0 >= 1 }) ?? true else {
      throw ValidationError("--threads: expected 1 or more")
    }
  }
}
