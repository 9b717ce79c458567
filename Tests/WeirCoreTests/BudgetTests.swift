import Foundation
import PlainTexts
import Testing
import WeirCore

/// What looking for the rules costs on generated text, counted and held against `Benchmarks/budgets.tsv`. Nothing is timed.
@Suite("No rule costs more than its budget")
struct BudgetTests {
  private static let textBytes = 3_000_000

  private func counted(
    _ text: PlainText, bytes: Int = textBytes, catalogue: Catalogue = BuiltIn.catalogue
  ) throws -> Meter {
    var meter = try Meter(catalogue: catalogue)
    try text.bytes(bytes, seed: 2026).withUnsafeBytes { try meter.append($0) }
    try meter.endInput()
    return meter
  }

  @Test("on logs, code, lock files and base64; and nothing is found in them")
  func budgets() throws {
    if ProcessInfo.processInfo.environment["WEIR_BUDGETS"] == "write" {
      var budgets = Budgets()
      for text in PlainText.allCases { budgets.record(try counted(text), on: text.rawValue) }
      try budgets.file.write(toFile: Budgets.path, atomically: true, encoding: .utf8)
    }
    let budgets = try Budgets(reading: Budgets.path)
    for text in PlainText.allCases {
      let meter = try counted(text)
      for complaint in budgets.complaints(about: meter, on: text.rawValue) {
        Issue.record("\(complaint)")
      }
      let found = meter.rows.filter { $0.costs.findings > 0 }.map(\.name)
      #expect(found == [], "reported in \(text.rawValue), which has no credential")
    }
  }

  @Test("a rule that becomes dear is refused in a sentence that names it")
  func dearRule() throws {
    let rules = try ["GET ", "eth0"].enumerated().map { number, anchor in
      try TestRule.make("t.rule-\(number)", "'\(anchor)' base62{20}")
    }
    var budgets = Budgets()
    let usual = try Catalogue(compiling: rules)
    budgets.record(try counted(.logs, bytes: 100_000, catalogue: usual), on: "logs")
    #expect(
      budgets.complaints(
        about: try counted(.logs, bytes: 100_000, catalogue: usual), on: "logs") == [])
    #expect(Budgets(budgets.file) == budgets)
    let more = try Catalogue(
      compiling: rules + [try TestRule.make("t.dear", "'HTTP/' set(0-9.){3} base62{20}")])
    let complaints = budgets.complaints(
      about: try counted(.logs, bytes: 100_000, catalogue: more), on: "logs")
    #expect(
      complaints.contains {
        $0.hasPrefix("logs: t.dear has no budget of its own")
      }, "\(complaints)")
    #expect(
      complaints.contains { $0.hasPrefix("logs: (total) has a budget") && $0.contains("t.dear") })
    // The first rule's anchor as well: it has a budget of its own.
    let worse = try Catalogue(compiling: [
      try TestRule.make("t.rule-0", "('GET ' | 'HTTP') base62{20}"), rules[1],
    ])
    let grown = budgets.complaints(
      about: try counted(.logs, bytes: 100_000, catalogue: worse), on: "logs")
    #expect(grown.contains { $0.hasPrefix("logs: t.rule-0 has a budget of") }, "\(grown)")
  }

  @Test("a count is refused when it is more than 5 % above its budget, and not before")
  func slack() throws {
    let rule = try TestRule.make("t.word", "'tide' base62{20}")
    let catalogue = try Catalogue(compiling: [rule])
    func counted(_ hits: Int) throws -> Meter {
      var meter = try Meter(catalogue: catalogue)
      let line = Array("tide\n".utf8)
      let text =
        Array(repeatElement(line, count: hits).joined())
        + [UInt8](repeating: 0x20, count: 1_000_000 - 5 * hits)
      try text.withUnsafeBytes { try meter.append($0) }
      try meter.endInput()
      return meter
    }
    var budgets = Budgets()
    budgets.record(try counted(1000), on: "logs")
    #expect(budgets.complaints(about: try counted(1050), on: "logs") == [])
    #expect(budgets.complaints(about: try counted(1051), on: "logs") != [])
    #expect(budgets.complaints(about: try counted(900), on: "logs") == [])
    #expect(budgets.complaints(about: try counted(900), on: "code").count == 1)
  }
}
