import Foundation
import Glibc
import Testing

/// `weir redact --follow` of a file in a folder of its own.
final class Followed {
  let folder: TemporaryFolder
  let file: String
  let live: LiveCommand
  private(set) var output: [UInt8] = []

  init(holding bytes: [UInt8]? = []) throws {
    folder = try TemporaryFolder()
    file = "\(folder.path)/app.log"
    if let bytes { try folder.add("app.log", bytes) }
    live = try LiveCommand(["redact", "--follow", "--receipt", file])
  }

  func append(_ bytes: [UInt8], to name: String = "app.log") {
    let opened = open("\(folder.path)/\(name)", O_WRONLY | O_APPEND | O_CREAT, 0o600)
    #expect(write(opened, bytes, bytes.count) == bytes.count)
    close(opened)
  }

  func rotate() { #expect(rename(file, file + ".1") == 0) }

  /// Reads until there are so many bytes in all, or nothing comes any more.
  func read(upTo count: Int) {
    output += live.read(atLeast: count - output.count, milliseconds: 10_000)
  }

  /// Reads until `end` is the end of it, or nothing comes any more.
  func read(through end: [UInt8]) {
    while !output.suffix(end.count).elementsEqual(end) {
      let more = live.read(atLeast: 1, milliseconds: 10_000)
      guard !more.isEmpty else { return }
      output += more
    }
  }

  /// Reads until all that was written so far is `expected`.
  func expect(_ expected: [UInt8], _ note: Comment? = nil) {
    read(upTo: expected.count)
    #expect(output == expected, note)
  }

  func end() throws -> Command.Outcome {
    kill(live.child, SIGTERM)
    let rest = live.read(atLeast: 1)
    #expect(rest == [])
    return live.finish()
  }
}
