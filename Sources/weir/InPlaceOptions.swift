internal import ArgumentParser
internal import WeirIO

/// Whether files are rewritten, and how.
struct InPlaceOptions: ParsableArguments {
  @Flag(
    name: [.customShort("i"), .long],
    help: """
      Rewrite the files named, instead of writing to standard output: each at once, or not at all. \
      One with nothing to mask is not touched; of a link, the file it leads to is rewritten.
      """)
  var inPlace = false

  @Option(
    help: ArgumentHelp(
      "Keep each old file, secrets and all, under its name with this behind it: .bak",
      valueName: "suffix"))
  var backupSuffix: String?

  @Flag(help: "A rewritten file keeps the times of its last reading and change.")
  var keepTimes = false

  @Flag(help: "Rewrite also files of several names (hard links), under the one that is given.")
  var breakLinks = false

  func validate() throws {
    let needing = [
      ("--backup-suffix", backupSuffix != nil), ("--keep-times", keepTimes),
      ("--break-links", breakLinks),
    ]
    if let option = needing.first(where: \.1), !inPlace {
      throw ValidationError("\(option.0): needs --in-place")
    }
    if let backupSuffix, backupSuffix.isEmpty || backupSuffix.contains("/") {
      throw ValidationError("--backup-suffix: expected an ending of names, without a slash: .bak")
    }
  }

  /// nil when no file is to be rewritten.
  var choices: Rewrite.Choices? {
    guard inPlace else { return nil }
    return Rewrite.Choices(
      backupSuffix: backupSuffix, keepsTimes: keepTimes, breaksLinks: breakLinks)
  }
}
