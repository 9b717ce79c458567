import Foundation
import Glibc
import Testing

/// What is said and reported drives no terminal, breaks no line and holds no secret, whatever the
/// arguments and names are.
@Suite struct HostileTextTests {
  /// Everything that is obeyed rather than seen; NUL ends an argument.
  private static let hostile: [Unicode.Scalar] = (1...0x10FFFF).compactMap(Unicode.Scalar.init)
    .filter(isHostile)

  private static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static let text: String = {
    var text = "a\u{1B}]0;title\u{07}\u{1B}[31m\"'\\"
    text.unicodeScalars += hostile
    return text
  }()

  private func expectHarmless(_ bytes: [UInt8], _ comment: Comment) {
    let text = String(decoding: bytes, as: UTF8.self)
    let raw = text.unicodeScalars.first { $0 != "\n" && Self.isHostile($0) }
    #expect(raw == nil, comment)
  }

  /// Command lines that are echoed in an error, each in its own way.
  private static func misuses(of word: String) -> [[String]] {
    [
      [word], ["--\(word)"], ["-\(word)"], ["--\(word)=x"], ["help", word], ["scan", "--\(word)"],
      ["scan", "--format", word], ["scan", "--format=\(word)"], ["scan", "--min-confidence", word],
      ["scan", "--threads", word], ["scan", "--max-findings", word], ["scan", "--key", word],
      ["scan", word], ["scan", "/nonexistent/\(word)/x"], ["redact", word],
      ["redact", "--mask", word], ["redact", "--findings", "/nonexistent/\(word)"],
      ["redact", "--key", word], ["rules", word], ["rules", "show", word],
      ["scan", "--pack", word], ["redact", "--rule", word], ["scan", "--no-rule", "\(word).*"],
      ["rules", "list", word], ["rules", "list", "--format", word],
      ["rules", "show", "github.personal-token", word], ["--generate-completion-script", word],
    ]
  }

  @Test("no command line makes an error of more than a line, or one that drives a terminal")
  func arguments() throws {
    for words in Self.misuses(of: Self.text) {
      let outcome = try Command.run(words)
      expectHarmless(outcome.output, "\(words[0])")
      expectHarmless(Array(outcome.errors.utf8), "\(words[0])")
      guard words[0] != "help" else { continue }
      #expect(outcome.code == 2)
      let lines = outcome.errors.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { $0 != "weir: 0 findings in 0 inputs" }
      #expect(lines.count == 2 && lines[0].hasPrefix("weir: ") && lines[1] == "")
    }
  }

  @Test("arguments that are no text are shown as what can be read of them")
  func invalidText() throws {
    let bytes: [UInt8] = [0xFF, 0xC2, 0x9B, 0x33, 0x31, 0x6D, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x1B]
    for words in [["scan"], ["rules", "show"], ["scan", "--format"], []] {
      let (output, errors) = (try TemporaryFile(), try TemporaryFile())
      let child = try Command.spawn(
        words.map { Array($0.utf8) } + [bytes],
        descriptors: [nil, output.descriptor, errors.descriptor])
      let outcome = Command.outcome(of: child, output: output, errors: errors)
      #expect(outcome.code == 2)
      let said = errors.contents()
      #expect(String(validating: said, as: UTF8.self) != nil)
      expectHarmless(said, "\(words)")
    }
  }

  @Test("names that hold all of these are escaped in every report, and JSON gives them back")
  func names() throws {
    var secrets = try Secrets(seed: 90)
    let token = secrets.token()
    let folder = try TemporaryFolder()
    var names: Set<String> = []
    for start in stride(from: 0, to: Self.hostile.count, by: 48) {
      var name = "\(start) "
      name.unicodeScalars += Self.hostile[start..<min(start + 48, Self.hostile.count)]
      names.insert(name)
      try folder.add(name: Array(name.utf8), token)
    }
    let text = try Command.run(["scan", folder.path])
    expectHarmless(text.output, "text")
    #expect(text.lines.count == names.count)
    let json = try Command.run(["scan", "--format", "jsonl", folder.path])
    expectHarmless(json.output, "jsonl")
    let read = try json.output.split(separator: 0x0A).map { line in
      let finding = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      let path = try #require(finding?["path"] as? String)
      return String(path.dropFirst(folder.path.count + 1))
    }
    #expect(Set(read) == names)
  }

  @Test("a secret given as an argument is not echoed")
  func secretArguments() throws {
    var secrets = try Secrets(seed: 91)
    for token in [secrets.token(), secrets.token() + "\n" + secrets.token()] {
      let word = String(decoding: token, as: UTF8.self)
      for words in Self.misuses(of: word) where words[0] != "-\(word)" {
        let outcome = try Command.run(words)
        #expect(!outcome.errors.contains(word.prefix(12)), "\(words.count) words")
        #expect(!outcome.text.contains(word.prefix(12)))
        #expect(words[0] == "help" || outcome.code == 2)
      }
      let missing = try Command.run(["redact", word])
      #expect(missing.errors.contains("WEIR_REDACTED_github.personal-token"))
      #expect(missing.errors.contains("cannot be opened"))
    }
  }

  @Test("a name that holds a secret is reported with its mask")
  func secretNames() throws {
    var secrets = try Secrets(seed: 92)
    let token = secrets.token()
    let name = String(decoding: token, as: UTF8.self)
    let folder = try TemporaryFolder()
    try folder.add("backup of \(name).log", token)
    #expect(mkfifo("\(folder.path)/\(name)", 0o600) == 0)
    for format in ["text", "jsonl"] {
      let outcome = try Command.run(["scan", "--format", format, folder.path])
      #expect(outcome.lines.count == 1)
      #expect(outcome.text.contains("/backup of WEIR_REDACTED_github.personal-token.log"))
      #expect(!outcome.output.holds(token))
      #expect(outcome.errors.contains("WEIR_REDACTED_github.personal-token: is no file"))
      #expect(!outcome.errors.contains(name))
    }
    let findings = "\(folder.path)/findings"
    let path = "\(folder.path)/backup of \(name).log"
    #expect(try Command.run(["redact", "--findings", findings, path]).code == 0)
    let reported = try Data(contentsOf: URL(filePath: findings))
    #expect(!Array(reported).holds(token))
    #expect(Array(reported).holds(Array("backup of WEIR_REDACTED_".utf8)))
  }

  @Test("a standard error that is closed, full or not read changes no result and stops nothing")
  func deafStandardError() throws {
    var secrets = try Secrets(seed: 93)
    let folder = try TemporaryFolder()
    let file = try folder.add("file", secrets.token())
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    let (reading, writing) = Command.pipe()
    _ = fcntl(writing, F_SETFL, O_NONBLOCK)
    while write(writing, "x", 1) == 1 {}
    _ = fcntl(writing, F_SETFL, 0)
    let (goneReading, gone) = Command.pipe()
    close(goneReading)
    signal(SIGPIPE, SIG_IGN)
    defer { for end in [full, reading, writing, gone] { close(end) } }
    let cases: [(words: [String], code: Int32)] = [
      (["redact", "--receipt", file], 0), (["scan", file], 1),
      (["scan", "\(folder.path)/none", "\(folder.path)/none", file], 2), (["bogus"], 2),
    ]
    for errors in [nil, full, writing, gone] {
      for (words, code) in cases {
        let output = try TemporaryFile()
        let child = try Command.spawn(
          words.map { Array($0.utf8) }, descriptors: [nil, output.descriptor, errors])
        #expect(Waiting.end(of: child) == code, "\(words)")
        #expect(output.contents().isEmpty == (words == ["bogus"]))
      }
    }
  }
}
