import Testing
import Trials
import WeirCore

@Suite("Compiled rules are what was compiled, or are refused")
struct CompiledRuleTests {
  private func read(_ bytes: [UInt8]) throws -> [RuleDefinition] {
    try bytes.withUnsafeBytes { try CompiledRules.definitions(in: $0) }
  }

  @Test("all built-in rules come back as they were stated")
  func builtIn() throws {
    var rules = BuiltIn.definitions
    // Where a rule stands is told by the compiler only.
    for index in rules.indices { rules[index].origin = nil }
    #expect(rules.count > 1_000)
    let bytes = CompiledRules.bytes(of: rules)
    #expect(try read(bytes) == rules)
    #expect(CompiledRules.bytes(of: try read(bytes)) == bytes)
  }

  @Test("no rules at all are rules too")
  func none() throws {
    #expect(try read(CompiledRules.bytes(of: [])).isEmpty)
  }

  @Test("a file that is cut short, goes on, or has another byte is refused")
  func damaged() throws {
    let bytes = CompiledRules.bytes(of: [
      try TestRule.make("t.token", "'tok_' base62{20}", cue: ["tok", "key"], encoded: false)
    ])
    for place in bytes.indices {
      var other = bytes
      other[place] ^= 1 << UInt8(place % 8)
      #expect(throws: CatalogueError.self) { try read(other) }
      #expect(throws: CatalogueError.self) { try read(Array(bytes[..<place])) }
    }
    #expect(throws: CatalogueError.self) { try read(bytes + [0]) }
  }

  @Test("an id or a text that would not stay one in a mask, a list or a line is refused")
  func texts() throws {
    let right = try TestRule.make("t.token", "'tok_' base62{20}")
    func refuses(_ change: (inout RuleDefinition) -> Void) -> Bool {
      var rule = right
      change(&rule)
      do {
        _ = try Catalogue(compiling: [rule])
        return false
      } catch { return true }
    }
    #expect(!refuses { _ in })
    for id in ["", "t", ".t", "t.", "t.to_ken", "T.token", "t.to ken", "t.to\nken", "t.tökən"] {
      #expect(refuses { $0.id = id }, "\(id)")
    }
    #expect(refuses { $0.power = "none" })
    #expect(refuses { $0.packs = [] })
    #expect(refuses { $0.packs = ["a,b"] })
    #expect(refuses { $0.title = "two\nlines" })
    #expect(refuses { $0.title = "" })
    #expect(refuses { $0.revoke = "esc \u{1B}[1m" })
    #expect(refuses { $0.providerName = "del \u{7F}" })
    #expect(refuses { $0.category = "nul \0" })
    #expect(refuses { $0.cue = ["two\nlines"] })
  }
}
