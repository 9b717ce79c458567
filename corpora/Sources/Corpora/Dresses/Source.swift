/// A tree of programs in four languages.
struct SourceWriter: DressWriter {
  private enum Language: CaseIterable { case python, typeScript, go, java }

  private var language = Language.python

  var slots: [Slot] {
    switch language {
    case .python: [.code, Self.pair]
    case .typeScript: [.singleCode, Self.property]
    case .go: [Self.short, Self.pair]
    case .java: [Self.constant]
    }
  }

  private static let pair: Slot = {
    var slot = Slot.spacedMember
    slot.open = "    \""
    slot.joint = ",\n"
    return slot
  }()
  private static let property: Slot = {
    var slot = Slot.minified
    slot.open = "  "
    slot.sign = ": \""
    return slot
  }()
  private static let short: Slot = {
    var slot = Slot.code
    slot.naming = .camel
    slot.sign = " := \""
    return slot
  }()
  private static let constant: Slot = {
    var slot = Slot.code
    slot.naming = .capitals
    slot.open = "  private static final String "
    slot.close = "\";"
    return slot
  }()

  mutating func nextFile(_ number: Int, _ sheet: inout Sheet) -> (name: String, bytes: Int?) {
    language = Language.allCases[number % 4]
    let ending =
      switch language {
      case .python: "py"
      case .typeScript: "ts"
      case .go: "go"
      case .java: "java"
      }
    return (
      "part\(number / 256)/package\(number / 16 % 16)/File\(number).\(ending)",
      1500 + sheet.below(14_000)
    )
  }

  mutating func begin(_ sheet: inout Sheet) {
    let comment: StaticString = language == .python ? "# " : "// "
    for _ in 0...sheet.below(4) {
      sheet.add(comment)
      sheet.words(5, 14)
      sheet.line()
    }
    if language == .java {
      sheet.add("final class ")
      sheet.className()
      sheet.add(" {\n")
    }
  }

  mutating func end(_ sheet: inout Sheet) {
    if language == .java { sheet.add("}\n") }
  }

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    if let leak {
      sheet.put(leak)
      if leak.slot.joint.hasPrefix(",") { sheet.byte(0x2C) }
      sheet.line()
      return
    }
    let isPython = language == .python
    switch language {
    case .python:
      sheet.add("def ")
      sheet.name()
      sheet.add("(self, limit=")
      sheet.number(0, 9999)
      sheet.add("):\n")
    case .typeScript, .go:
      sheet.add(language == .go ? "func " : "function ")
      sheet.className()
      sheet.add("(limit) {\n")
    case .java:
      sheet.add("  String ")
      sheet.name()
      sheet.add("(int limit) {\n")
    }
    for _ in 0..<3 + sheet.below(9) {
      sheet.add("    ")
      statement(&sheet)
      sheet.add(isPython ? "\n" : ";\n")
    }
    sheet.add(isPython ? "\n" : "}\n\n")
  }

  private func statement(_ sheet: inout Sheet) {
    switch sheet.below(9) {
    case 0:
      sheet.name()
      sheet.add(" = ")
      sheet.name()
      sheet.add(" + ")
      sheet.number(0, 99_999)
    case 1:
      sheet.add("log.debug(\"")
      sheet.words(2, 9)
      sheet.add("\")")
    case 2:
      sheet.add("key = config.get(\"")
      sheet.name()
      sheet.add("\")")
    case 3:
      sheet.add("token = lexer.next(")
      sheet.number(0, 9999)
      sheet.byte(0x29)
    case 4:
      sheet.add("password = read_password(\"")
      sheet.words(1, 4)
      sheet.add("\")")
    case 5:
      sheet.add("assert digest(")
      sheet.name()
      sheet.add(") == \"")
      sheet.hex(64)
      sheet.byte(0x22)
    case 6:
      sheet.name()
      sheet.byte(0x5B)
      sheet.number(0, 999)
      sheet.add("] = 0x")
      sheet.hex(8)
    case 7:
      sheet.add("return ")
      sheet.name()
      sheet.byte(0x28)
      sheet.name()
      sheet.add(", ")
      sheet.number(0, 9999)
      sheet.byte(0x29)
    default:
      sheet.add("id = \"")
      sheet.uuid()
      sheet.byte(0x22)
    }
  }
}
