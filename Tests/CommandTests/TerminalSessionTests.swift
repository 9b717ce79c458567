import Foundation
import Testing

/// A person at a real terminal.
@Suite struct TerminalSessionTests {
  @Test(
    "a long scan shows how far it is, fits the window as that changes, and Ctrl-C ends it in order")
  func longScan() throws {
    let tree = try TemporaryFolder()
    for number in 0..<1000 {
      let path = try tree.add("file\(number)")
      #expect(truncate(path, 24 << 20) == 0)
    }
    let window = try TerminalWindow(
      "trap : INT; weir scan --threads 1 \(tree.path); echo code $?; sleep 60", columns: 70)
    let wide = try window.screen(showing: "/s")
    #expect(wide.contains(/weir: \d+ inputs?, [\d.]+ [MG]B, [\d.]+ [MG]B\/s\n/), "\(wide)")
    try window.resize(columns: 29)
    let fitting = /weir: \d+ inputs?, [\d.]+ [MG]B\n*$/
    let narrow = try window.screen { $0.contains(fitting) }
    #expect(narrow.contains(fitting), "\(narrow)")
    try window.resize(columns: 70)
    try window.type("C-c")
    let end = try window.screen(showing: "code")
    #expect(end.contains("stopped by SIGINT; what was decided is out"), "\(end)")
    #expect(end.contains(/weir: 0 findings in \d+ inputs?\ncode 2\n/), "\(end)")
  }

  @Test("findings stand below their file, coloured; NO_COLOR takes the colours away")
  func colours() throws {
    var secrets = try Secrets(seed: 431)
    let folder = try TemporaryFolder()
    try folder.add("settings.env", "\nTOKEN=" + secrets.token() + "\n")
    let window = try TerminalWindow(
      "cd \(folder.path); weir scan settings.env; NO_COLOR=1 weir scan settings.env; sleep 60")
    let end = "weir: 1 finding in 1 input\n"
    let screen = try window.screen { $0.components(separatedBy: end).count == 3 }
    let runs = try window.screen(isStyled: true).components(separatedBy: end)
    try #require(runs.count == 3, "\(screen)")
    #expect(runs[0].contains("\u{1B}[35msettings.env") && runs[0].contains("31mghp_****"))
    #expect(!runs[1].contains("\u{1B}["), "\(runs[1])")
    let plain = try window.screen()
    #expect(plain.contains("settings.env\n  2:7  github.personal-token"))
    #expect(plain.contains("\n    TOKEN=ghp_****\n"))
  }
}
