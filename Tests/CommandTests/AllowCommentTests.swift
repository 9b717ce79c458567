import Foundation
import Testing

/// Comments that let findings be.
@Suite struct AllowCommentTests {
  /// What stands before and behind a secret on its line.
  private static let allowing: [(before: String, behind: String)] = [
    ("key = ", "  # weir:allow"),
    ("key = ", "  # weir:allow github.personal-token"),
    ("key = ", "  # weir:allow github.*, made up for a test"),
    ("key = ", "  # weir:allow aws.access-key-id, github.personal-token."),
    ("key = ", "  # weir:allow no rule is meant, nor is one.with capitals"),
    ("/* weir:allow */ key = ", ";"),
    ("key = ", "  //gitleaks:allow"),
    ("key = ", "  # trufflehog:ignore"),
    ("key = ", "  # pragma: allowlist secret"),
    ("key = ", "  <!-- pragma:allowlist secret -->"),
  ]

  private static let notAllowing: [(before: String, behind: String)] = [
    ("key = ", ""),
    ("key = ", "  # weir:allow aws.access-key-id"),
    ("key = ", "  # weir:allow github.personal-tokens"),
    ("key = ", "  # weir:allow git.*"),
    ("key = ", "  # weir:allowed"),
    ("key = ", "  # xweir:allow"),
    ("key = ", "  # weir: allow"),
    ("key = ", "  # gitleaks:allow_not"),
    ("key = ", "  # trufflehog:ignored"),
    ("key = ", "  # pragma: allowlist"),
    ("key = ", "  # pragma: allowlist nextline secret"),
    // It speaks of the line behind the one above.
    ("key = ", ":"),
  ]

  private static func text(
    _ lines: [(before: String, behind: String)], _ secrets: inout Secrets
  ) -> [UInt8] {
    // An empty line between, for one kind of comment speaks of the next.
    lines.flatMap { $0.before + secrets.token() + $0.behind + "\n\n" }
  }

  @Test("each comment lets the findings of its line be, and they are counted")
  func allowed() throws {
    var secrets = try Secrets(seed: 900)
    let project = try WorkingFolder()
    try project.add("a.py", Self.text(Self.allowing, &secrets))
    let count = Self.allowing.count
    let outcome = try project.run(["scan", "."])
    #expect(outcome.text == "")
    #expect(outcome.code == 0)
    #expect(
      outcome.errors
        == "weir: 0 findings in 1 input; \(count) let be: \(count) allowed by comment\n")
    let strict = try project.run(["scan", "--no-allow", "."])
    #expect(strict.lines.count == count)
    #expect(strict.lastError == "weir: \(count) findings in 1 input")
    #expect(strict.code == 1)
  }

  @Test("what is no such comment, speaks of another rule or stands on another line lets nothing be")
  func notAllowed() throws {
    var secrets = try Secrets(seed: 901)
    let project = try WorkingFolder()
    try project.add("a.py", Self.text(Self.notAllowing, &secrets))
    let outcome = try project.run(["scan", "."])
    #expect(outcome.places == Self.notAllowing.indices.map { "./a.py:\(2 * $0 + 1)" })
    #expect(outcome.lastError == "weir: \(Self.notAllowing.count) findings in 1 input")
  }

  @Test("a comment for the next line speaks of that line only")
  func nextLine() throws {
    var secrets = try Secrets(seed: 902)
    let project = try WorkingFolder()
    let comment = "# pragma: allowlist nextline secret\n"
    try project.add(
      "a.py",
      secrets.token() + "\n" + comment + secrets.token() + "\n" + secrets.token() + "\r\n" + comment
        + secrets.keyBlock() + "\n")
    let outcome = try project.run(["scan", "."])
    #expect(outcome.places == ["./a.py:1", "./a.py:4"])
    #expect(outcome.lastError.hasSuffix("; 2 let be: 2 allowed by comment"))
  }

  @Test("of several findings on a line a comment that names a rule lets those of the rule be")
  func namedRule() throws {
    var secrets = try Secrets(seed: 903)
    let project = try WorkingFolder()
    let npm = secrets.specimen(of: "npm.access-token")
    try project.add(
      "a.py", secrets.token() + " " + npm + " " + secrets.token() + " # weir:allow github.*\n")
    let outcome = try project.run(["scan", "."])
    #expect(outcome.lines.count == 1)
    #expect(outcome.text.contains("npm.access-token"))
    #expect(outcome.lastError.hasSuffix("; 2 let be: 2 allowed by comment"))
  }

  @Test("a comment far away on a long line, or cut by the secret, lets nothing be")
  func far() throws {
    var secrets = try Secrets(seed: 904)
    let project = try WorkingFolder()
    let blanks = String(repeating: " .", count: 4000)
    try project.add("far", secrets.token() + blanks + "# weir:allow\n")
    try project.add("cut", "weir: " + secrets.token() + " allow\n")
    #expect(try project.run(["scan", "."]).lines.count == 2)
  }
}
