internal import ArgumentParser

/// How much of what was found is reported; the same for every command that reports.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Report so many findings, and count the rest.",
      discussion: "0 reports none. The exit code is as with all; redact masks all.",
      valueName: "count"))
  var maxFindings: UInt64?
}
