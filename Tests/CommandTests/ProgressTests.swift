import Foundation
import Glibc
import Testing
import WeirIO

/// How far a long scan has come: on a terminal only, and out of the way of everything else.
@Suite struct ProgressTests {
  private static let wiping = "\r\u{1B}[K"

  /// A scan of what is written to it, with a terminal for standard error.
  private struct Run {
    let terminal: PseudoTerminal
    let live: LiveCommand

    /// - Parameter output: nil for a pipe.
    init(
      _ options: [String] = [], name: String = "xterm", columns: UInt16 = 80, output: Int32?
    ) throws {
      terminal = try PseudoTerminal(columns: columns)
      live = try LiveCommand(
        ["scan"] + options, standardOutput: output, standardError: terminal.descriptor,
        environment: ["TERM": name])
    }
  }

  /// Writes to all of them for so long.
  private func feed(_ runs: [Run], milliseconds: Int) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end {
      for run in runs { run.live.write(Array("a clean line of no importance\n".utf8)) }
      usleep(20_000)
    }
  }

  @Test("a scan of more than a second shows how far it is, and wipes it before anything else")
  func shown() throws {
    var secrets = try Secrets(seed: 401)
    let output = try TemporaryFile()
    let run = try Run(output: output.descriptor)
    feed([run], milliseconds: 700)
    #expect(run.terminal.read() == "")
    feed([run], milliseconds: 900)
    kill(run.live.child, SIGUSR1)
    usleep(20_000)
    run.live.write(secrets.token() + "\n")
    #expect(run.live.finish().code == 1)
    let said = run.terminal.read()
    let line = /\rweir: \d+(\.\d)? K?B, \d+(\.\d)? K?B\/s\u{1B}\[K/
    #expect(said.prefixMatch(of: line) != nil, "\(said)")
    #expect(said.contains(Self.wiping + "weir: receipt so far: "))
    #expect(said.hasSuffix(Self.wiping + "weir: 1 finding in 1 input\r\n"), "\(said)")
    #expect(String(decoding: output.contents(), as: UTF8.self).contains("github.personal-token"))
  }

  @Test("where findings go to the same terminal, it is wiped before them")
  func findings() throws {
    var secrets = try Secrets(seed: 402)
    let terminal = try PseudoTerminal()
    let live = try LiveCommand(
      ["scan"], standardOutput: terminal.descriptor, standardError: terminal.descriptor,
      environment: ["TERM": "xterm"])
    for _ in 0..<30 {
      live.write(Array("a clean line of no importance\n".utf8))
      usleep(50_000)
    }
    live.write(secrets.token() + "\n")
    #expect(live.finish().code == 1)
    let said = terminal.read()
    #expect(said.contains("/s\u{1B}[K" + Self.wiping), "\(said)")
    let before = try #require(said.firstRange(of: "github.personal-token")).lowerBound
    #expect(said[..<before].contains(Self.wiping))
    #expect(said.hasSuffix("weir: 1 finding in 1 input\r\n"))
  }

  @Test("--quiet, --no-progress, a dumb terminal and a pipe, which may lead to a pager, have none")
  func never() throws {
    let output = try TemporaryFile().descriptor
    let runs = [
      try Run(["--quiet"], output: output), try Run(["--no-progress"], output: output),
      try Run(name: "dumb", output: output), try Run(output: nil),
    ]
    feed(runs, milliseconds: 1500)
    for run in runs {
      #expect(run.live.finish().code == 0)
      let said = run.terminal.read()
      #expect(!said.contains("\u{1B}") && !said.contains("/s"), "\(said)")
    }
  }

  @Test("it says as much as there are columns, and what is left where the whole is known")
  func text() {
    let known = ProgressText(
      inputCount: 0, readBytes: 1_200_000_000, wholeBytes: 3_400_000_000,
      nanoseconds: 4_000_000_000)
    #expect(known.text(columnCount: 79) == "weir: 35 %, 1.2 GB of 3.4 GB, 300 MB/s, 0:07 left")
    #expect(known.text(columnCount: 45) == "weir: 35 %, 1.2 GB of 3.4 GB, 300 MB/s")
    #expect(known.text(columnCount: 12) == "weir: 35 %")
    for columns in 0...60 { #expect(known.text(columnCount: columns).count <= columns) }
    let slow = ProgressText(
      inputCount: 0, readBytes: 1000, wholeBytes: 8_000_000, nanoseconds: 1_000_000_000)
    #expect(slow.text(columnCount: 79).hasSuffix("1.0 KB/s, 2:13:19 left"))
    let tree = ProgressText(
      inputCount: 1204, readBytes: 999, wholeBytes: nil, nanoseconds: 1_000_000_000)
    #expect(tree.text(columnCount: 79) == "weir: 1204 inputs, 999 B, 999 B/s")
    // A file that grew.
    let grown = ProgressText(
      inputCount: 1, readBytes: 1000, wholeBytes: 999, nanoseconds: 1_000_000_000)
    #expect(grown.text(columnCount: 79) == "weir: 1 input, 1.0 KB, 1.0 KB/s")
  }

  @Test("sizes are short at every power")
  func sizes() {
    let sizes: [(UInt64, String)] = [
      (0, "0 B"), (999, "999 B"), (1000, "1.0 KB"), (9999, "9.9 KB"), (10_000, "10 KB"),
      (999_999, "999 KB"), (1_000_000, "1.0 MB"), (123_456_789, "123 MB"),
      (1_500_000_000_000, "1.5 TB"), (.max, "18446 PB"),
    ]
    for (bytes, text) in sizes { #expect(ProgressText.size(bytes) == text) }
  }
}
