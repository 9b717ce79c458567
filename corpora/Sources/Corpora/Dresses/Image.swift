/// Images as base64, where pages, style sheets and messages to models carry them.
struct ImageWriter: DressWriter {
  let slots: [Slot] = [.jsonText, .member, .query]

  mutating func nextFile(_ number: Int, _ sheet: inout Sheet) -> (name: String, bytes: Int?) {
    ("pages\(number / 256)/page-\(number).txt", 60_000 + sheet.below(600_000))
  }

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    if let leak { return said(&sheet, leak) }
    switch sheet.below(4) {
    case 0:
      sheet.add(".icon-")
      sheet.number(1, 99_999)
      sheet.add("{background:url(data:image/png;base64,")
      image(&sheet)
      sheet.add(")}\n")
    case 1:
      sheet.add("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpeg;base64,")
      image(&sheet)
      sheet.add("\"}}\n")
    case 2:
      sheet.add("<img alt=\"")
      sheet.words(2, 6)
      sheet.add("\" src=\"data:image/webp;base64,")
      image(&sheet)
      sheet.add("\">\n")
    default:
      sheet.add("--part-")
      sheet.hex(16)
      sheet.add("\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n")
      for _ in 0..<10 + sheet.below(200) {
        sheet.base64(76)
        sheet.line()
      }
      sheet.line()
    }
  }

  /// The first bytes are those of the format, the rest is chance.
  private func image(_ sheet: inout Sheet) {
    switch sheet.below(3) {
    case 0: sheet.add("iVBORw0KGgoAAAANSUhEUgAA")
    case 1: sheet.add("/9j/4AAQSkZJRgABAQAAAQAB")
    default: sheet.add("UklGR")
    }
    sheet.base64(4 * (100 + sheet.below(sheet.isOne(in: 20) ? 30_000 : 2000)))
    sheet.add("==")
  }

  private func said(_ sheet: inout Sheet, _ leak: Leak) {
    switch leak.place {
    case 0:
      sheet.add("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"")
      sheet.words(2, 9)
      sheet.byte(0x20)
      sheet.put(leak)
      sheet.add("\"}]}\n")
    case 1:
      sheet.add("<script type=\"application/json\">{\"id\":")
      sheet.number(1, 99_999)
      sheet.byte(0x2C)
      sheet.put(leak)
      sheet.add("}</script>\n")
    default:
      sheet.add("<img src=\"https://maps.example.net/tile.png?zoom=4&")
      sheet.put(leak)
      sheet.add("\">\n")
    }
  }
}
