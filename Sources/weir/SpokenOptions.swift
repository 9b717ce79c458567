internal import ArgumentParser

/// What a run says on standard error; the same for every command that reads inputs.
struct SpokenOptions: ParsableArguments {
  @Flag(
    name: .shortAndLong,
    help: "Say nothing on standard error but errors, and what was asked for.")
  var quiet = false

  @Flag(
    name: .shortAndLong,
    help: "Say how many rules and threads there are, what is not read and why, what is opened.")
  var verbose = false

  @Flag(help: "Show figures at the end: inputs, bytes, time, findings by rule, skips, memory.")
  var stats = false

  @Flag(help: "Show the receipt: the sums that prove every byte was looked at.")
  var receipt = false

  func validate() throws {
    guard !quiet || !verbose else {
      throw ValidationError("--verbose: says what --quiet keeps back; leave one of them out")
    }
  }
}
