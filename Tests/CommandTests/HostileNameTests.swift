import Foundation
import Testing

/// A file's name is somebody else's text: it must not break a report or drive a terminal.
@Suite struct HostileNameTests {
  private static let names: [[UInt8]] = [
    Array("new\nline".utf8), Array("\"quoted\\\"".utf8), Array("\u{1B}[31mred".utf8),
    [0x62, 0x61, 0x64, 0xFF, 0xC3], Array("\u{202E}txt.exe\u{2028}\u{85}\u{E0001}".utf8),
    Array("tab\t\r\u{7F}\u{01}".utf8), Array("é😀".utf8), Array("--help".utf8),
  ]

  @Test("JSON lines parse, and give the name back with U+FFFD for what is no text")
  func json() throws {
    let outcome = try scan("jsonl")
    let lines = outcome.output.split(separator: 0x0A)
    #expect(lines.count == Self.names.count)
    var read: Set<String> = []
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      let path = try #require(object?["path"] as? String)
      read.insert(String(path.split(separator: "/", omittingEmptySubsequences: false).last!))
    }
    #expect(read == Set(Self.names.map { String(decoding: $0, as: UTF8.self) }))
    expectHarmless(outcome.output)
  }

  @Test("text lines and errors show no control byte")
  func text() throws {
    let outcome = try scan("text")
    #expect(outcome.lines.count == Self.names.count)
    expectHarmless(outcome.output)
    #expect(outcome.text.contains("/new\\nline:1:1: "))
    #expect(outcome.text.contains("/\\x1b[31mred:1:1: "))
    #expect(outcome.text.contains("/\\u{202e}txt.exe\\u{2028}\\u{85}\\u{e0001}:1:1: "))
    let missing = try Command.run(["scan", "no\u{1B}[2Jfile\u{202E}"])
    #expect(missing.code == 2)
    expectHarmless(Array(missing.errors.utf8))
    let option = try Command.run(["scan", "--\u{1B}[2J"])
    #expect(option.code == 2)
    expectHarmless(Array(option.errors.utf8))
  }

  @Test("a name that is no text can be given as an argument")
  func argument() throws {
    var secrets = try Secrets(seed: 41)
    let folder = try TemporaryFolder()
    let token = secrets.token()
    let output = try TemporaryFile()
    let errors = try TemporaryFile()
    for name in Self.names { try folder.add(name: name, token) }
    let paths = Self.names.map { Array("\(folder.path)/".utf8) + $0 }
    let child = try Command.spawn(
      [Array("redact".utf8)] + paths, descriptors: [nil, output.descriptor, errors.descriptor])
    let outcome = Command.outcome(of: child, output: output, errors: errors)
    #expect(outcome.code == 0)
    let mask = "WEIR_REDACTED_github.personal-token"
    #expect(outcome.text == String(repeating: mask, count: paths.count))
  }

  private func scan(_ format: String) throws -> Command.Outcome {
    var secrets = try Secrets(seed: 40)
    let folder = try TemporaryFolder()
    for name in Self.names { try folder.add(name: name, secrets.token()) }
    return try Command.run(["scan", "--format", format, folder.path])
  }

  private func expectHarmless(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(
      text.unicodeScalars.allSatisfy { scalar in
        scalar == "\n"
          || ![.control, .format, .lineSeparator, .paragraphSeparator].contains(
            scalar.properties.generalCategory)
      })
  }
}
