public import ArgumentParser
public import WeirIO

extension Look.When: ExpressibleByArgument {}

/// How a report for people looks.
struct LookOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Colours; auto on terminals, without NO_COLOR.", valueName: "when"))
  var color: Look.When = .auto

  @Flag(
    inversion: .prefixedNo,
    help: "Findings below their file, each with its line.")
  var heading: Bool?

  @Option(
    help: ArgumentHelp(
      "Names of files as links; auto where they are followed.",
      valueName: "when"))
  var hyperlinks: Look.When = .auto

  var look: Look { Look(heading: heading, colours: color, links: hyperlinks) }
}
