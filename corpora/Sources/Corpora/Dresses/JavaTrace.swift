/// Errors of Java programs with their stack traces, which go over many lines.
struct JavaTraceWriter: OneFileWriter {
  static let fileName = "catalina.out"
  let slots: [Slot] = [.text, .said, .lines, .query]

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pass()
    sheet.date()
    sheet.byte(0x20)
    sheet.time()
    sheet.byte(0x2C)
    sheet.number(sheet.clock.fraction / 1000, width: 3)
    sheet.add(" ERROR [http-nio-8080-exec-")
    sheet.number(1, 200)
    sheet.add("] [")
    sheet.hex(32)
    sheet.add("] o.e.")
    sheet.className()
    sheet.add(" - ")
    sheet.words(2, 7)
    if leak.isIn(2) {
      sheet.add(":\n")
      sheet.put(leak!)
    }
    sheet.add("\norg.example.")
    sheet.className()
    sheet.byte(0x24)
    sheet.pick(Vocabulary.exceptions)
    sheet.add(": ")
    message(&sheet, leak.isIn(0) ? leak : nil)
    frames(&sheet, 2, 9)
    sheet.add("\nCaused by: java.io.")
    sheet.pick(Vocabulary.exceptions)
    sheet.add(": ")
    if leak.isIn(3) {
      sheet.add("503 from https://api.example.net/v2/items?")
      sheet.put(leak!)
      sheet.add("&limit=10")
    } else {
      message(&sheet, leak.isIn(1) ? leak : nil)
    }
    frames(&sheet, 1, 4)
    sheet.add("\n\t... ")
    sheet.number(2, 90)
    sheet.add(" more\n")
  }

  private func message(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.words(1, 6)
    guard let leak else { return }
    sheet.byte(0x20)
    sheet.put(leak)
  }

  private func frames(_ sheet: inout Sheet, _ low: Int, _ high: Int) {
    for _ in 0..<low + sheet.below(high - low + 1) {
      sheet.add("\n\tat org.example.")
      sheet.pick(Vocabulary.services)
      sheet.byte(0x2E)
      sheet.className()
      sheet.byte(0x2E)
      sheet.pick(Vocabulary.things)
      sheet.byte(0x24)
      sheet.number(1, 99)
      sheet.add("(Source.java:")
      sheet.number(10, 4000)
      sheet.byte(0x29)
    }
  }
}
