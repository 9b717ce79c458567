/// The journal as `journalctl -o export` writes it: fields a line each, and those of several lines behind their length.
struct JournalExportWriter: OneFileWriter {
  static let fileName = "journal.export"
  private static let textOfLines = 2

  let slots: [Slot] = [.text, .said, .lines, .option]

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pass()
    sheet.add("__CURSOR=")
    sheet.cursor()
    sheet.add("\n__REALTIME_TIMESTAMP=")
    sheet.number(Int(sheet.clock.microseconds))
    sheet.add("\n_BOOT_ID=")
    sheet.hex(32)
    sheet.add("\n_HOSTNAME=")
    sheet.host()
    sheet.add("\nPRIORITY=")
    sheet.number(3, 7)
    sheet.add("\n_PID=")
    sheet.number(100, 99_999)
    sheet.add("\n_CMDLINE=/usr/sbin/")
    sheet.pick(Vocabulary.services)
    sheet.byte(0x20)
    sheet.put(leak, in: 3) { $0.add("--foreground") }
    sheet.add(" --workers ")
    sheet.number(1, 64)
    sheet.add("\nMESSAGE")
    if leak.isIn(Self.textOfLines) {
      ofLines(&sheet, leak!)
    } else {
      sheet.byte(0x3D)
      if let leak, leak.place < Self.textOfLines {
        sheet.words(1, 5)
        sheet.byte(0x20)
        sheet.put(leak)
      } else {
        sheet.message()
      }
    }
    sheet.add("\n\n")
  }

  /// A line feed, the count of bytes as 64 bits, the least first, and the bytes.
  private func ofLines(_ sheet: inout Sheet, _ leak: Leak) {
    sheet.line()
    let place = sheet.bytes.count
    for _ in 0..<8 { sheet.byte(0) }
    sheet.words(2, 6)
    sheet.line()
    sheet.put(leak)
    sheet.line()
    sheet.words(2, 6)
    var count = sheet.bytes.count - place - 8
    for index in 0..<8 {
      sheet.bytes[place + index] = UInt8(count & 0xFF)
      count >>= 8
    }
  }
}

extension Sheet {
  /// `s=…;i=…;b=…;m=…;t=…;x=…`
  mutating func cursor() {
    add("s=")
    hex(32)
    add(";i=")
    hex(6)
    add(";b=")
    hex(32)
    add(";m=")
    hex(10)
    add(";t=")
    hex(13)
    add(";x=")
    hex(16)
  }
}
