public import ArgumentParser
public import WeirIO

extension Look.When: ExpressibleByArgument {}

/// How a report for people looks.
struct LookOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Colours; auto is on a terminal, unless NO_COLOR is set.", valueName: "when"))
  var color: Look.When = .auto

  @Flag(
    inversion: .prefixedNo,
    help: "Findings below the name of their file, each with its masked line; so on a terminal.")
  var heading: Bool?

  @Option(
    help: ArgumentHelp(
      "Names of files as links (OSC 8); auto is on terminals known to follow them.",
      valueName: "when"))
  var hyperlinks: Look.When = .auto

  var look: Look { Look(heading: heading, colours: color, links: hyperlinks) }
}
