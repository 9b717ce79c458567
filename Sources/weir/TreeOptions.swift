internal import ArgumentParser
internal import WeirIO

/// Which files of a directory are read.
struct TreeOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: """
      Read hidden files, and what is in hidden directories, or leave them out; read if not given.
      """)
  var hidden: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: """
      Heed .weirignore and .ignore and, in repositories, what git ignores, or no ignore file; \
      heeded if not given.
      """)
  var ignore: Bool?

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
