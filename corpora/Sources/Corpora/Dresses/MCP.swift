/// Messages of the Model Context Protocol: JSON-RPC, a message a line.
struct MCPWriter: OneFileWriter {
  static let fileName = "stdio.jsonl"
  private static let variable: Slot = {
    var slot = Slot.member
    slot.naming = .capitals
    return slot
  }()

  let slots: [Slot] = [.member, Self.variable, .jsonText, .jsonSaid, .innerMember, .jsonLine]

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    let isCall = leak.map { $0.place < 2 } ?? sheet.isOne(in: 2)
    sheet.add("{\"jsonrpc\":\"2.0\",\"id\":")
    sheet.number(1, 999_999_999)
    if isCall { call(&sheet, leak) } else { result(&sheet, leak) }
  }

  private func call(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.add(",\"method\":\"tools/call\",\"params\":{\"_meta\":{\"progressToken\":")
    sheet.number(1, 999_999_999)
    sheet.add("},\"name\":\"")
    sheet.pick(Vocabulary.tools)
    sheet.add("\",\"arguments\":{\"query\":\"")
    sheet.words(2, 12)
    sheet.add("\",\"cursor\":\"")
    sheet.uuid()
    sheet.byte(0x22)
    if let leak {
      sheet.add(leak.place == 0 ? "," : ",\"env\":{\"LANG\":\"C\",")
      sheet.put(leak)
      if leak.place == 1 { sheet.byte(0x7D) }
    }
    sheet.add("}}}\n")
  }

  private func result(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.add(",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"")
    switch leak?.place {
    case 2, 3:
      sheet.words(1, 9)
      sheet.byte(0x20)
      sheet.put(leak!)
      sheet.add("\\n")
    case 4:
      sheet.add("[{\\\"id\\\":")
      sheet.number(1, 99_999)
      sheet.byte(0x2C)
      sheet.put(leak!)
      sheet.add("}]")
    case 5: sheet.put(leak!)
    default:
      for _ in 0...sheet.below(6) {
        sheet.add("{\\\"id\\\":\\\"")
        sheet.uuid()
        sheet.add("\\\",\\\"title\\\":\\\"")
        sheet.words(2, 8)
        sheet.add("\\\",\\\"etag\\\":\\\"")
        sheet.hex(32)
        sheet.add("\\\"}\\n")
      }
    }
    sheet.add("\"}],\"isError\":false}}\n")
  }
}
