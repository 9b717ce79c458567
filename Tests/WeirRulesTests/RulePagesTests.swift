import Foundation
import Testing
import WeirCore
import WeirRules

@Suite("The rule reference")
struct RulePagesTests {
  private static let project = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func page(of rules: RuleText...) throws -> String {
    var definitions: [RuleDefinition] = []
    for text in rules { definitions += try text.definitions() }
    return try #require(RulePages(definitions).files["a.md"])
  }

  @Test("the pages under docs/rules are those of the rules; if not: make rule-pages")
  func isFresh() throws {
    let folder = Self.project.appending(path: "docs/rules")
    let rules = try RuleFolder.definitions(at: Self.project.appending(path: "rules").path)
    let files = RulePages(rules).files
    let present = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(present) == Set(files.keys), "docs/rules has other pages than the rules")
    // Names only: the texts are long.
    let stale = try present.sorted().filter { name in
      try String(contentsOf: folder.appending(path: name), encoding: .utf8) != files[name]
    }
    #expect(stale == [])
  }

  @Test("a rule has all that a person needs, and nothing of the day it was made")
  func section() throws {
    let rule = RuleText().adding(#"check = "crc32-base62(body) = sum""#).adding("refutes = true")
    #expect(
      try page(of: rule) == """
        # Rules: A

        How to read this page: [README.md](README.md). It is made \
        from `rules/` by `make rule-pages`.

        <a id="acme"></a>

        ## Acme

        <a id="acme.token"></a>

        ### `acme.token`

        Acme token

        - **A thief gets** a look: can read what is not meant for everybody, and change nothing.
        - **Form:** `acme_`, then 20 letters and digits (*body*), then 6 letters and \
        digits (a checksum).
        - **Looked for** everywhere.
        - **Check:** the checksum is the CRC-32 of *body* in base62. A failure is strong \
        evidence: the finding's confidence becomes low.
        - **Confidence:** high. **Packs:** test.
        - **If it leaked,** revoke it first: acme.example/keys. Then find out what it could read.
        - **Test:** `weir rules show acme.token`

        """)
  }

  @Test(
    "words before it, words behind which it is, and another rule's match are said with their reach")
  func places() throws {
    let context = try page(
      of: RuleText().adding(#"context = ["acme api", "acme"]"#).adding("not-hex = true"))
    #expect(
      context.contains(
        "as the value of a credential's name, with `acme api` or `acme` in that name or "
          + "before it, within 64 bytes of the value."))
    #expect(context.contains("Hex digits alone are something else."))
    let cue = try page(of: RuleText().adding(#"cue = ["acme:"]"#).adding("within = 9"))
    #expect(cue.contains("**Looked for** within 9 bytes behind `acme:` on the line."))
    let lines = try page(
      of: RuleText().shape("electrum-phrase").adding(#"cue = ["acme"]"#).adding("lines = true"))
    #expect(lines.contains("within 64 bytes behind `acme`, on other lines too."))
    #expect(lines.contains("**Check:** what is said of its form"))
    let assigned = try page(
      of: RuleText().adding(#"cue = ["acme"]"#).adding("assigned = true"))
    #expect(assigned.contains("as the value of an assignment, within 64 bytes behind `acme` on"))
    let pair = try page(of: RuleText().adding(#"pair = "bolt.id""#).adding("within = 1"))
    #expect(
      pair.contains("within 1 byte behind [`bolt.id`](b.md#bolt.id), on other lines too."))
  }

  @Test("several ways to write it are a list")
  func ways() throws {
    let page = try page(of: RuleText().shape("'acme_' hex{8} | 'acme-' uuid"))
    #expect(
      page.contains(
        "**Form:** one of these.\n  - `acme_`, then 8 lower-case hex digits\n"
          + "  - `acme-`, then a UUID\n"
      ))
  }

  @Test("every check is said in words of its own")
  func checks() throws {
    let said = try CheckExpression.Kind.allCases.map { kind in
      let shape = RuleText().shape("'acme_' body:base62{90} '-' sum:hex{8}")
      let target = CheckExpression("\(kind.name)(body)") == nil ? " = sum" : ""
      let page = try page(of: shape.adding(#"check = "\#(kind.name)(body)\#(target)""#))
      return try #require(page.split(separator: "\n").first { $0.hasPrefix("- **Check:**") })
    }
    #expect(Set(said).count == CheckExpression.Kind.allCases.count)
    #expect(said.allSatisfy { $0.contains("*body*") })
    let head = try page(
      of: RuleText().adding(#"check = "crc32-base62(head) = sum""#))
    #expect(head.contains("the CRC-32 of all before it"))
  }

  @Test("what would be a mark of Markdown stands as it was written")
  func marks() throws {
    let rule = RuleText().replacing(9, with: #"revoke = "acme.example/a_b/<id>, _all_ *""#)
      .replacing(2, with: #"name = "Ac|me""#)
    let page = try page(of: rule)
    #expect(page.contains(#"first: acme.example/a_b/\<id\>, \_all\_ \*. "#))
    #expect(page.contains(#"## Ac\|me"#))
  }

  @Test("the index counts rules and providers, and leads to each of them")
  func index() throws {
    let other = try RuleFile.definitions(
      path: "rules/9bolt.toml",
      text: RuleText().text.replacing("acme", with: "9bolt").replacing("Acme", with: "Bolt"))
    let files = RulePages(try RuleText().definitions() + other).files
    #expect(files.keys.sorted() == ["0-9.md", "README.md", "a.md"])
    let index = try #require(files["README.md"])
    #expect(index.contains("2 rules of 2 providers"))
    #expect(index.contains("[0-9](0-9.md) · [A](a.md)"))
    #expect(index.contains("| `test` | 2 | 2 |"))
    #expect(index.contains("| [Acme](a.md#acme) | `acme` | 1 | test |"))
    #expect(index.contains("| [Bolt](0-9.md#9bolt) | `9bolt` | 1 | test |"))
  }

  @Test("the order in which rules are read makes no difference")
  func order() throws {
    let rules = try RuleFolder.definitions(at: Self.project.appending(path: "rules").path)
    #expect(RulePages(rules.reversed()).files == RulePages(rules).files)
  }
}
