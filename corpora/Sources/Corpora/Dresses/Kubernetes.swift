/// Logs of containers as the kubelet keeps them (CRI): a time, a stream, a tag, and what was written.
struct KubernetesWriter: OneFileWriter {
  static let fileName = "0.log"
  let slots: [Slot] = [.text, .said, .member, .innerMember, .header]

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pass()
    sheet.date()
    sheet.byte(0x54)
    sheet.time()
    sheet.byte(0x2E)
    sheet.number(sheet.clock.fraction, width: 6)
    sheet.number(sheet.below(1000), width: 3)
    sheet.add(sheet.isOne(in: 6) ? "Z stderr F " : "Z stdout F ")
    let isJSON = leak.map { $0.place == 2 || $0.place == 3 } ?? sheet.isOne(in: 2)
    if isJSON { json(&sheet, leak) } else { text(&sheet, leak) }
    sheet.line()
  }

  private func text(_ sheet: inout Sheet, _ leak: Leak?) {
    guard let leak else {
      // klog: `I1121 02:45:00.123456       1 reconciler.go:224] …`
      sheet.byte(0x49)
      sheet.number(sheet.clock.month, width: 2)
      sheet.number(sheet.clock.day, width: 2)
      sheet.byte(0x20)
      sheet.time()
      sheet.byte(0x2E)
      sheet.number(sheet.below(1_000_000), width: 6)
      sheet.add("       1 reconciler.go:")
      sheet.number(10, 900)
      sheet.add("] \"")
      sheet.words(2, 7)
      sheet.add("\" pod=\"")
      sheet.pick(Vocabulary.services)
      sheet.byte(0x2F)
      sheet.pick(Vocabulary.things)
      sheet.byte(0x2D)
      sheet.hex(10)
      sheet.add("\" uid=\"")
      sheet.uuid()
      sheet.byte(0x22)
      return
    }
    sheet.words(1, 6)
    sheet.byte(0x20)
    sheet.put(leak)
    if leak.place == 0 { sheet.add(" attempt=2") }
  }

  private func json(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.add("{\"ts\":")
    sheet.number(sheet.clock.seconds)
    sheet.byte(0x2E)
    sheet.number(sheet.clock.fraction, width: 6)
    sheet.add(",\"msg\":\"")
    sheet.words(2, 8)
    sheet.add("\",\"trace\":\"")
    sheet.hex(32)
    sheet.byte(0x22)
    if leak.isIn(2) {
      sheet.byte(0x2C)
      sheet.put(leak!)
    } else if leak.isIn(3) {
      sheet.add(",\"body\":\"{")
      sheet.put(leak!)
      sheet.add("}\"")
    }
    sheet.byte(0x7D)
  }
}
