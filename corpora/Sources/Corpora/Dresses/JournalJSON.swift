/// The journal as `journalctl -o json` writes it.
struct JournalJSONWriter: OneFileWriter {
  static let fileName = "journal.json"
  let slots: [Slot] = [.jsonText, .jsonSaid, .innerMember]

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pass()
    sheet.add("{\"__CURSOR\":\"")
    sheet.cursor()
    sheet.add("\",\"__REALTIME_TIMESTAMP\":\"")
    sheet.number(Int(sheet.clock.microseconds))
    sheet.add("\",\"_BOOT_ID\":\"")
    sheet.hex(32)
    sheet.add("\",\"_SYSTEMD_UNIT\":\"")
    sheet.pick(Vocabulary.services)
    sheet.add(".service\",\"_PID\":\"")
    sheet.number(100, 99_999)
    sheet.add("\",\"PRIORITY\":\"6\",\"MESSAGE\":\"")
    sheet.words(3, 9)
    switch leak?.place {
    case 0, 1:
      sheet.byte(0x20)
      sheet.put(leak!)
    case 2:
      sheet.add(" {\\\"level\\\":\\\"info\\\",")
      sheet.put(leak!)
      sheet.add(",\\\"id\\\":")
      sheet.number(1, 99_999)
      sheet.byte(0x7D)
    default:
      sheet.add(" id ")
      sheet.uuid()
    }
    sheet.add("\"}\n")
  }
}
