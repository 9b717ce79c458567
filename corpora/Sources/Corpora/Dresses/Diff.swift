/// Commits with their diffs, as `git log -p` shows them. Credentials stand in the lines that were added.
struct DiffWriter: OneFileWriter {
  static let fileName = "log.patch"
  let slots =
    ([
      .variable, .quotedVariable, .yaml, .blockYAML, .property, .code, .singleCode, .lines,
    ] as [Slot]).map(\.added)

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pass(90_000_000)
    if leak == nil, sheet.isOne(in: 3) { commit(&sheet) }
    sheet.add("diff --git a/")
    let start = sheet.bytes.count
    sheet.add(sheet.isOne(in: 2) ? "src/lib/" : "src/")
    sheet.name()
    sheet.add(".py")
    let path = sheet.bytes[start...]
    sheet.add(" b/")
    sheet.bytes += path
    sheet.add("\nindex ")
    sheet.hex(10)
    sheet.add("..")
    sheet.hex(10)
    sheet.add(" 100644\n@@ -")
    hunk(&sheet)
    sheet.add(" +")
    hunk(&sheet)
    sheet.add(" @@ def ")
    sheet.name()
    sheet.add("(self):\n")
    for _ in 0..<1 + sheet.below(3) { line(&sheet, 0x20) }
    for _ in 0..<sheet.below(4) { line(&sheet, 0x2D) }
    if let leak {
      sheet.byte(0x2B)
      sheet.put(leak)
      sheet.line()
    }
    for _ in 0..<1 + sheet.below(5) { line(&sheet, 0x2B) }
    for _ in 0..<1 + sheet.below(3) { line(&sheet, 0x20) }
  }

  private func commit(_ sheet: inout Sheet) {
    sheet.add("commit ")
    sheet.hex(40)
    sheet.add("\nAuthor: dev")
    sheet.number(1, 9999)
    sheet.add(" <dev@example.org>\nDate:   ")
    sheet.instant()
    sheet.add("\n\n    ")
    sheet.words(4, 12)
    sheet.add("\n\n")
  }

  private func hunk(_ sheet: inout Sheet) {
    sheet.number(1, 9000)
    sheet.byte(0x2C)
    sheet.number(3, 30)
  }

  private func line(_ sheet: inout Sheet, _ mark: UInt8) {
    sheet.byte(mark)
    sheet.add("    ")
    switch sheet.below(5) {
    case 0:
      sheet.name()
      sheet.add(" = os.environ[\"")
      sheet.name()
      sheet.add("\"]")
    case 1:
      sheet.memberCall()
    case 2:
      sheet.add("# ")
      sheet.words(3, 10)
    case 3:
      sheet.add("\"sha256:")
      sheet.hex(64)
      sheet.add("\",")
    default:
      sheet.add("token = parser.next(")
      sheet.name()
      sheet.byte(0x29)
    }
    sheet.line()
  }
}
