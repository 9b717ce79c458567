/// JSON lines of services, some with JSON as text in them.
struct JSONLogWriter: OneFileWriter {
  static let fileName = "app.jsonl"
  let slots: [Slot] = [.member, .spacedMember, .innerMember, .jsonText, .jsonSaid, .jsonHeader]

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pass()
    sheet.add("{\"time\":\"")
    sheet.instant()
    sheet.add("\",\"level\":\"")
    sheet.pick(Vocabulary.levels)
    sheet.add("\",\"service\":\"")
    sheet.pick(Vocabulary.services)
    sheet.add("\",\"trace_id\":\"")
    sheet.hex(32)
    sheet.add("\",\"span_id\":\"")
    sheet.hex(16)
    sheet.add("\",")
    fact(&sheet, leak)
    sheet.add("\"duration_ms\":")
    sheet.number(0, 9000)
    sheet.add(",\"message\":\"")
    sheet.words(2, 9)
    if let leak, leak.place >= 3 {
      if leak.place < 5 { sheet.byte(0x20) }
      sheet.put(leak)
    }
    sheet.add("\"}\n")
  }

  private func fact(_ sheet: inout Sheet, _ leak: Leak?) {
    switch leak?.place {
    case 0, 1:
      sheet.put(leak!)
      sheet.byte(0x2C)
    case 2:
      sheet.add("\"request\":\"{\\\"method\\\":\\\"POST\\\",")
      sheet.put(leak!)
      sheet.add(",\\\"retry\\\":true}\",")
    default: plainFact(&sheet)
    }
  }

  private func plainFact(_ sheet: inout Sheet) {
    switch sheet.below(7) {
    case 0:
      sheet.add("\"request_id\":\"")
      sheet.uuid()
      sheet.add("\",")
    case 1:
      sheet.add("\"cache_key\":\"")
      sheet.pick(Vocabulary.services)
      sheet.byte(0x3A)
      sheet.pick(Vocabulary.things)
      sheet.byte(0x3A)
      sheet.number(1, 99_999_999)
      sheet.add("\",")
    case 2: sheet.add("\"next_page_token\":null,")
    case 3:
      sheet.add("\"image\":\"registry.example.org/")
      sheet.pick(Vocabulary.services)
      sheet.add("@sha256:")
      sheet.hex(64)
      sheet.add("\",")
    case 4:
      sheet.add("\"commit\":\"")
      sheet.hex(40)
      sheet.add("\",")
    case 5:
      sheet.add("\"body\":\"{\\\"user\\\":{\\\"id\\\":\\\"")
      sheet.uuid()
      sheet.add("\\\",\\\"password\\\":\\\"[hidden]\\\"}}\",")
    default:
      sheet.byte(0x22)
      sheet.name()
      sheet.add("\":")
      sheet.number(0, 9_999_999)
      sheet.byte(0x2C)
    }
  }
}
