internal import ArgumentParser
internal import WeirIO

/// Which files of a directory are read.
struct TreeOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: "Read hidden files, and what is in hidden directories, or leave them out.")
  var hidden = true

  @Flag(
    help: """
      Heed no ignore file: neither .weirignore and .ignore nor, in repositories, what git \
      ignores.
      """)
  var noIgnore = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Read only files that it matches; with ! before it, not those.",
      discussion: """
        May be given several times; the last that matches counts, and before ignore files: \
        -g '*.{env,yml}' -g '!test/**'.
        """,
      valueName: "glob"))
  var glob: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave out longer files: bytes, or a number with K, M or G.", valueName: "size"))
  var maxFilesize: ByteCount?

  @Flag(
    inversion: .prefixedNo,
    help: "Read binary files, which have a zero in their first 8,000 bytes, or leave them out.")
  var binary = true

  @Flag(help: "Say of each file and directory that is not read why.")
  var showSkipped = false

  func selection() throws(Complaint) -> Selection {
    do throws(GlobError) {
      return Selection(
        isHiddenRead: hidden, areIgnoreFilesHeeded: !noIgnore, globs: try Globs(glob),
        mostBytes: maxFilesize?.bytes, isBinaryRead: binary)
    } catch { throw Complaint(text: "\(error)") }
  }
}

/// A number of bytes, as people write it: 4096, 64K, 10M, 1G.
struct ByteCount: ExpressibleByArgument {
  let bytes: UInt64

  init?(argument: String) {
    let units: [Character: UInt64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    let unit = argument.last.flatMap { units[Character($0.uppercased())] }
    let digits = unit == nil ? argument[...] : argument.dropLast()
    guard digits.allSatisfy(\.isASCII), digits.first?.isNumber == true, let number = UInt64(digits)
    else { return nil }
    let (bytes, isTooMany) = number.multipliedReportingOverflow(by: unit ?? 1)
    guard !isTooMany else { return nil }
    self.bytes = bytes
  }
}
