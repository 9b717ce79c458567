internal import CSystem
internal import Glibc

/// A git that runs: what is written to it, and what it says. It ends with its owner.
final class GitProcess {
  /// So much of its complaints is kept.
  private static let mostWordsBytes = 1 << 14

  let repository: Repository
  /// The command, such as `rev-list`.
  let command: String
  /// What it says.
  let output: GitOutput
  private var input: Int32
  private let words: Int32
  private let child: ChildProcess
  private var status: Int32?

  init(_ arguments: [String], in repository: Repository) throws(GitError) {
    self.repository = repository
    command = arguments[0]
    let program = try GitProgram.path()
    let words = weir_bounded_file(off_t(Self.mostWordsBytes))
    var opened = [words]
    do throws(SystemError) {
      let questions = try ChildProcess.Pipe()
      opened += [questions.reading, questions.writing]
      let answers = try ChildProcess.Pipe()
      opened += [answers.reading, answers.writing]
      child = try ChildProcess(
        program, words: GitProgram.words(arguments, in: repository.path),
        variables: GitProgram.variables(in: repository.path),
        descriptors: [questions.reading, answers.writing, words < 0 ? STDERR_FILENO : words])
      close(questions.reading)
      close(answers.writing)
      input = questions.writing
      output = GitOutput(answers.reading)
      Descriptor.widenPipe(answers.reading)
    } catch {
      for descriptor in opened where descriptor >= 0 { close(descriptor) }
      throw .cannotStart(error)
    }
    self.words = words
  }

  /// Writes a question. Waits when git does not take it up.
  func write(_ bytes: [UInt8]) throws(GitError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw failure()
      } else if Interruption.isAsked {
        throw .interrupted(repository.shownPath)
      }
    }
  }

  /// Nothing more will be asked.
  func endInput() {
    guard input >= 0 else { return }
    close(input)
    input = -1
  }

  /// Waits for its end.
  ///
  /// - Throws: when it did not end well.
  func finish() throws(GitError) {
    if Interruption.isAsked { throw .interrupted(repository.shownPath) }
    guard wait() == 0 else { throw failure() }
  }

  /// What is wrong with a git that gave less than was asked. It is over then.
  func failure() -> GitError {
    if Interruption.isAsked { return .interrupted(repository.shownPath) }
    output.close()
    let status = wait()
    let signal = status & 0x7F
    let path = repository.shownPath
    guard signal == 0, status != 0 else {
      return .ended(path, command: command, signal: signal)
    }
    let said = complaint()
    return .failed(path, command: command, words: said.isEmpty ? "it does not say why" : said)
  }

  private func wait() -> Int32 {
    endInput()
    if let status { return status }
    let ended = child.wait()
    status = ended
    return ended
  }

  /// The line that says why, without `fatal: `; else the last one.
  private func complaint() -> String {
    var bytes = [UInt8](repeating: 0, count: Self.mostWordsBytes)
    let count = max(pread(words, &bytes, bytes.count, 0), 0)
    let said = bytes.prefix(count).prefix { $0 != 0 }
    let lines = String(decoding: said, as: UTF8.self).split(separator: "\n")
    for start in ["fatal: ", "error: "] {
      if let line = lines.first(where: { $0.hasPrefix(start) }) {
        return String(line.dropFirst(start.count))
      }
    }
    return lines.last.map(String.init) ?? ""
  }

  deinit {
    if status == nil {
      child.kill()
      _ = wait()
    }
    endInput()
    if words >= 0 { close(words) }
  }
}
