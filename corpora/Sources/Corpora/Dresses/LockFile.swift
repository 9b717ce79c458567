/// Lock files of package managers; credentials stand in the addresses that packages come from.
struct LockFileWriter: DressWriter {
  private enum Kind: CaseIterable { case npm, cargo, pip, go, yarn }

  private var kind = Kind.npm

  let slots: [Slot] = [.query, .query, .userinfo]

  mutating func nextFile(_ number: Int, _ sheet: inout Sheet) -> (name: String, bytes: Int?) {
    kind = Kind.allCases[number % Kind.allCases.count]
    let name =
      switch kind {
      case .npm: "package-lock.json"
      case .cargo: "Cargo.lock"
      case .pip: "requirements.txt"
      case .go: "go.sum"
      case .yarn: "yarn.lock"
      }
    return ("project\(number)/\(name)", 20_000 + sheet.below(200_000))
  }

  mutating func begin(_ sheet: inout Sheet) {
    if kind == .npm { sheet.add("{\"lockfileVersion\": 3, \"packages\": {\n") }
  }

  mutating func end(_ sheet: inout Sheet) {
    if kind == .npm { sheet.add("    \"\": {}\n}}\n") }
  }

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    switch kind {
    case .npm:
      sheet.add("    \"node_modules/")
      package(&sheet)
      sheet.add("\": {\n      \"version\": \"")
      sheet.version()
      sheet.add("\",\n      \"resolved\": \"")
      address(&sheet, leak)
      sheet.add("\",\n      \"integrity\": \"sha512-")
      sheet.base64(86)
      sheet.add("==\"\n    },\n")
    case .cargo:
      sheet.add("[[package]]\nname = \"")
      package(&sheet)
      sheet.add("\"\nversion = \"")
      sheet.version()
      sheet.add("\"\nsource = \"registry+")
      address(&sheet, leak)
      sheet.add("\"\nchecksum = \"")
      sheet.hex(64)
      sheet.add("\"\n\n")
    case .pip:
      package(&sheet)
      sheet.add(" @ ")
      address(&sheet, leak)
      sheet.add(" \\\n    --hash=sha256:")
      sheet.hex(64)
      sheet.line()
    case .go:
      if leak != nil {
        sheet.add("// replaced: ")
        address(&sheet, leak)
        sheet.line()
      }
      for _ in 0..<2 {
        sheet.add("github.com/")
        sheet.pick(Vocabulary.things)
        sheet.byte(0x2F)
        package(&sheet)
        sheet.add(" v")
        sheet.version()
        sheet.add(" h1:")
        sheet.base64(43)
        sheet.add("=\n")
      }
    case .yarn:
      sheet.byte(0x22)
      package(&sheet)
      sheet.add("@^")
      sheet.version()
      sheet.add("\":\n  resolved \"")
      address(&sheet, leak)
      sheet.byte(0x23)
      sheet.hex(40)
      sheet.add("\"\n  integrity sha512-")
      sheet.base64(86)
      sheet.add("==\n\n")
    }
  }

  private func package(_ sheet: inout Sheet) {
    sheet.pick(Vocabulary.packages)
    sheet.byte(0x2D)
    sheet.pick(Vocabulary.things)
  }

  private func address(_ sheet: inout Sheet, _ leak: Leak?) {
    if leak.isIn(2) {
      sheet.put(leak!)
      sheet.add("team/")
      package(&sheet)
      return sheet.add(".git")
    }
    sheet.add("https://registry.example.org/")
    package(&sheet)
    sheet.add("/-/")
    sheet.hex(8)
    sheet.add(".tgz")
    guard let leak else { return }
    sheet.byte(0x3F)
    sheet.put(leak)
    if leak.place == 1 { sheet.add("&mirror=2") }
  }
}
