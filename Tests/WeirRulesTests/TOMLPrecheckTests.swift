import Testing
import WeirRules

@Suite("A rule file that is no TOML is refused with its place")
struct TOMLPrecheckTests {
  private func refusal(_ text: String) -> RuleError? {
    do {
      _ = try RuleFile.definitions(path: "rules/x.toml", text: text)
      return nil
    } catch { return error }
  }

  /// The TOML reader would end the process.
  @Test(
    "a bracket without a key behind it",
    arguments: ["=", ".a]", "#", "\n", "\u{e9}]", "!]]", "\u{0}", "(", "{", "\r\n"])
  func noKey(rest: String) throws {
    for (brackets, column) in [("[", 2), ("[[", 3), ("[[ \t", 5), ("  [", 4), ("[[[", 3)] {
      let error = try #require(refusal("provider = \"x\"\n\(brackets)\(rest)"))
      #expect(error.line == 2 && error.column == column, "\(error)")
    }
    // Other white space than blanks before the bracket is refused by the reader itself.
    for before in ["\u{feff}", "\u{a0}", "\u{c}", "\u{2003}"] {
      #expect(refusal("\(before)[\(rest)") != nil)
    }
  }

  @Test("a brace that closes an array", arguments: ["[}", "[1, }", "[{b = 1}, }", "[[1], [}"])
  func brace(value: String) throws {
    let error = try #require(refusal("a = \(value)\n"))
    #expect(error.line == 1 && error.column == 4 + value.utf8.count, "\(error)")
  }

  @Test(
    "a date, right or nearly",
    arguments: [
      "1979-05-27T;07:32:00Z", "1979-05-27T", "0863-0%-27 7 'a", "07:32:00", "1979-05-27",
    ])
  func date(value: String) throws {
    for text in ["a = \(value)", "a = [1,\(value)]", "a = [\(value)]"] {
      let error = try #require(refusal(text + "\n"))
      #expect(error.line == 1 && error.reason.contains("true or false"), "\(error)")
    }
  }

  @Test("but what is right is read")
  func otherBrackets() {
    for text in [
      "a = \"\"\"\n[=\n\"\"\"", "a = '''\n[[!\n'''", "a = [\n[1],\n[]]", "a = [{b = [1]}, {}]",
      "a = [\"}\", '}']", "a = 1 # [=", "a = '[='", "a = -12", "a = [true, +1, 0x1f, 1_000]",
      "1979-05-27 = 1\na = 1",
      "a = \"\\\"[=\"", "a = \"\"\"x\"\"\"\"\n",
    ] {
      // Refused as all that is no rule file, but read.
      #expect(refusal(text)?.reason.contains("unknown key") == true, "\(text)")
    }
  }

  @Test("in bytes, and within the text")
  func places() throws {
    let wide = try #require(refusal("a = \"\u{e9}\u{20ac}\u{1f511}\" !"))
    #expect(wide.line == 1 && wide.column == 17, "\(wide)")
    let end = try #require(refusal("provider = '''x\n"))
    #expect(end.line == 1 && end.column == 16 || end.line == 2 && end.column == 1, "\(end)")
  }
}
