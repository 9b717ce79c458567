/// Access and error logs of Apache, in one file as a container writes them.
struct ApacheWriter: OneFileWriter {
  static let fileName = "apache.log"
  let slots: [Slot] = [.query, .query, .text, .said]

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pass()
    let isError = leak.map { $0.place > 1 } ?? sheet.isOne(in: 5)
    if isError { error(&sheet, leak) } else { access(&sheet, leak) }
    sheet.line()
  }

  private func access(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pick(Vocabulary.services)
    sheet.add(".example.org:443 ")
    sheet.address()
    sheet.add(" - user")
    sheet.number(1, 99_999)
    sheet.add(" [")
    sheet.request()
    if leak.isIn(0) {
      sheet.byte(0x3F)
      sheet.put(leak!)
    } else {
      sheet.query()
    }
    sheet.add(" HTTP/1.1\" ")
    sheet.answer()
    sheet.add(" \"https://www.example.org/")
    if leak.isIn(1) {
      sheet.add("login?")
      sheet.put(leak!)
    } else {
      sheet.hex(12)
    }
    sheet.add("\" \"")
    sheet.agent()
    sheet.byte(0x22)
  }

  private func error(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.byte(0x5B)
    sheet.instant()
    sheet.add("] [proxy:error] [pid ")
    sheet.number(100, 99_999)
    sheet.add(":tid ")
    sheet.number(100_000_000, 999_999_999)
    sheet.add("] [client ")
    sheet.address()
    sheet.byte(0x3A)
    sheet.number(1024, 65_535)
    sheet.add("] AH0")
    sheet.number(1000, 3999)
    sheet.add(": upstream said ")
    sheet.put(leak, in: 2) { $0.words(3, 12) }
    if leak.isIn(3) {
      sheet.add(", header ")
      sheet.put(leak!)
    }
    sheet.add(", referer: https://www.example.org/")
    sheet.hex(12)
  }
}
