/// The answer of a model as it streams: server-sent events of two vendors' kinds. A credential stands whole in one event; one that is parted among several has no range.
struct SSEWriter: OneFileWriter {
  static let fileName = "stream.txt"
  let slots: [Slot] = [.jsonText, .jsonSaid, .innerMember, .jsonLine]

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pass(60_000)
    if leak.isIn(2) || leak == nil && sheet.isOne(in: 6) {
      arguments(&sheet, leak)
    } else if sheet.isOne(in: 2) {
      sheet.add(
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":")
      sheet.number(0, 9)
      sheet.add(",\"delta\":{\"type\":\"text_delta\",\"text\":\"")
      text(&sheet, leak)
      sheet.add("\"}}\n\n")
    } else {
      sheet.add("data: {\"id\":\"chatcmpl-")
      sheet.hex(29)
      sheet.add("\",\"object\":\"chat.completion.chunk\",\"created\":")
      sheet.number(sheet.clock.seconds)
      sheet.add(",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"")
      text(&sheet, leak)
      sheet.add("\"},\"finish_reason\":null}]}\n\n")
    }
  }

  private func text(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.byte(0x20)
    sheet.words(6, 14)
    guard let leak else { return }
    if leak.place < 2 { sheet.byte(0x20) }
    sheet.put(leak)
  }

  private func arguments(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.add("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":")
    sheet.number(0, 9)
    sheet.add(",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"id\\\":\\\"")
    sheet.uuid()
    sheet.add("\\\",")
    sheet.put(leak, in: 2) {
      $0.add("\\\"pattern\\\":\\\"")
      $0.words(2, 9)
      $0.add("\\\"")
    }
    sheet.add("}\"}}\n\n")
  }
}
