internal import ArgumentParser

/// What a run says on standard error; the same for every command that reads inputs.
struct SpokenOptions: ParsableArguments {
  @Flag(help: "Show the receipt on standard error: the sums that prove every byte was looked at.")
  var receipt = false

  @Flag(
    name: .shortAndLong,
    help: "Say nothing on standard error but errors, and what was asked for.")
  var quiet = false
}
