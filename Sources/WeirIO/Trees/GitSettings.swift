internal import Glibc

/// What git's settings say, told by git itself.
enum GitSettings {
  /// `core.excludesFile`, as it counts in a repository.
  ///
  /// - Returns: nil when it is not set, or git does not run.
  static func excludesFile(in directory: Path) -> [UInt8]? {
    let arguments = ["config", "--type=path", "--get", "core.excludesFile"]
    let words =
      [Array("git".utf8), Array("-C".utf8), directory.bytes] + arguments.map { Array($0.utf8) }
    guard let program = try? GitProgram.path(), let pipe = try? ChildProcess.Pipe(),
      let none = try? Descriptor.open(Path("/dev/null"), O_RDWR)
    else { return nil }
    // With the user's own settings, which are asked for: to read them git runs nothing.
    let child = try? ChildProcess(
      program, words: words, variables: nil, descriptors: [none, pipe.writing, none])
    close(none)
    close(pipe.writing)
    let output = GitOutput(pipe.reading)
    guard let child else { return nil }
    let line = output.field(endingWith: UInt8(ascii: "\n")).map(Array.init)
    output.close()
    return child.wait() == 0 ? line : nil
  }
}
