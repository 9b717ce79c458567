internal import ArgumentParser
internal import WeirIO

/// Which files of a directory are read.
struct TreeOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: "Read hidden files and directories (done if not given).")
  var hidden: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Heed .weirignore, .ignore and what git ignores (done if not given).")
  var ignore: Bool?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Read only files that match; with ! before it, others.",
      discussion: "The last that matches counts: -g '*.{env,yml}' -g '!test/**'.",
      valueName: "glob"))
  var glob: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave out longer files: 500, 500K, 10M, 1G.", valueName: "size"))
  var maxFilesize: ByteSize?

  @Flag(
    inversion: .prefixedNo,
    help: """
      Read binary files, which have a zero in their first 8,000 bytes, or leave them out; read \
      if not given.
      """)
  var binary: Bool?

  @Flag(
    inversion: .prefixedNo, help: "Say of each file and directory that is not read why, or count.")
  var showSkipped: Bool?

  func selection() throws(Complaint) -> Selection {
    do throws(GlobError) {
      return Selection(
        isHiddenRead: hidden ?? true, areIgnoreFilesHeeded: ignore ?? true, globs: try Globs(glob),
        mostBytes: maxFilesize?.bytes, isBinaryRead: binary ?? true)
    } catch { throw Complaint(text: "--glob \(error)") }
  }
}
