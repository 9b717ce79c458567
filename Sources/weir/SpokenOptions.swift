internal import ArgumentParser

/// What a run says on standard error; the same for every command that reads inputs.
struct SpokenOptions: ParsableArguments {
  @Flag(
    name: .shortAndLong,
    help: "Say nothing but errors, and what was asked for.")
  var quiet = false

  @Flag(
    name: .shortAndLong,
    help: "Say also what is not read and why, what is opened.")
  var verbose = false

  @Flag(help: "Show figures at the end: bytes, time, rules, memory.")
  var stats = false

  @Flag(help: "Show the sums that prove all bytes were looked at.")
  var receipt = false

  func validate() throws {
    guard !quiet || !verbose else {
      throw ValidationError("--verbose: says what --quiet keeps back; leave one of them out")
    }
  }
}
