/// What an agent did, a JSON object a turn: text of the model, calls of tools, and what came of them.
struct TranscriptWriter: OneFileWriter {
  static let fileName = "session.jsonl"
  let slots: [Slot] = [
    .jsonText, .jsonSaid, .innerMember, .jsonLine, .jsonQuotedLine, .jsonHeader,
  ]

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pass(9_000_000)
    sheet.add("{\"uuid\":\"")
    sheet.uuid()
    sheet.add("\",\"timestamp\":\"")
    sheet.instant()
    let kind = leak.map { $0.place < 2 ? $0.place : $0.place == 2 ? 1 : 2 } ?? sheet.below(3)
    switch kind {
    case 0: said(&sheet, leak)
    case 1: called(&sheet, leak)
    default: returned(&sheet, leak)
    }
    sheet.add("\"}]}}\n")
  }

  private func said(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.add(
      "\",\"type\":\"assistant\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\""
    )
    sheet.words(4, 30)
    if let leak {
      sheet.add(": ")
      sheet.put(leak)
      sheet.add(" ")
      sheet.words(2, 9)
    }
    sheet.add(".\\n\\n1. ")
    sheet.words(4, 20)
  }

  private func called(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.add(
      "\",\"type\":\"assistant\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_"
    )
    sheet.hex(24)
    sheet.add("\",\"name\":\"")
    sheet.pick(Vocabulary.tools)
    sheet.add("\",\"input\":{\"path\":\"/srv/app/")
    sheet.name()
    sheet.add(".json\",\"limit\":")
    sheet.number(1, 2000)
    sheet.add("},\"note\":\"")
    switch leak?.place {
    case 1: sheet.put(leak!)
    case 2:
      sheet.add("body {\\\"page\\\":1,")
      sheet.put(leak!)
      sheet.byte(0x7D)
    default: sheet.words(3, 12)
    }
  }

  private func returned(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.add(
      "\",\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_"
    )
    sheet.hex(24)
    sheet.add("\",\"content\":\"")
    if let leak {
      sheet.add("$ cat notes\\nLANG=C.UTF-8")
      sheet.put(leak)
      sheet.add("TZ=UTC\\n")
      return
    }
    for number in 1...3 + sheet.below(12) {
      sheet.number(number, width: 5)
      sheet.add("\\t")
      switch sheet.below(4) {
      case 0:
        sheet.add("  ")
        sheet.memberCall()
      case 1:
        sheet.add("  return \\\"")
        sheet.words(1, 5)
        sheet.add("\\\"")
      case 2:
        sheet.add("// ")
        sheet.words(3, 12)
      default:
        sheet.add("index ")
        sheet.hex(10)
        sheet.add("..")
        sheet.hex(10)
      }
      sheet.add("\\n")
    }
  }
}
