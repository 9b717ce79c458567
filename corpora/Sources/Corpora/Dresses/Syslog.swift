/// Lines of syslog, in the form of RFC 3164 and of RFC 5424.
struct SyslogWriter: OneFileWriter {
  static let fileName = "syslog"
  let slots: [Slot] = [.text, .said, .option, .said]

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pass()
    if leak.isIn(3) || sheet.isOne(in: 4) {
      sheet.add("<134>1 ")
      sheet.instant()
      sheet.byte(0x20)
      sheet.host()
      sheet.byte(0x20)
      sheet.pick(Vocabulary.services)
      sheet.byte(0x20)
      sheet.number(100, 32_000)
      sheet.add(" - [meta sequenceId=\"")
      sheet.number(1, 99_999_999)
      sheet.add("\"] ")
    } else {
      sheet.syslogTime()
      sheet.byte(0x20)
      sheet.host()
      sheet.byte(0x20)
      sheet.pick(Vocabulary.units)
      sheet.byte(0x5B)
      sheet.number(100, 32_000)
      sheet.add("]: ")
    }
    if let leak { said(&sheet, leak) } else { sheet.message() }
    sheet.line()
  }

  private func said(_ sheet: inout Sheet, _ leak: Leak) {
    switch leak.place {
    case 2:
      sheet.add("deploy : TTY=pts/0 ; PWD=/srv ; USER=root ; COMMAND=/usr/bin/client ")
      sheet.put(leak)
      sheet.add(" --verbose")
    case 0:
      sheet.words(2, 6)
      sheet.byte(0x20)
      sheet.put(leak)
      sheet.byte(0x20)
      sheet.words(1, 4)
    default: sheet.put(leak)
    }
  }
}

extension Sheet {
  mutating func host() {
    pick(Vocabulary.services)
    byte(0x2D)
    number(1, 99)
  }

  /// What daemons say.
  mutating func message() {
    switch below(7) {
    case 0:
      add("Accepted publickey for deploy from ")
      address()
      add(" port ")
      number(30_000, 60_000)
      add(" ssh2: ED25519 SHA256:")
      base64(43)
    case 1:
      add("Failed password for invalid user admin from ")
      address()
      add(" port ")
      number(30_000, 60_000)
      add(" ssh2")
    case 2:
      add("[")
      number(1000, 900_000)
      byte(0x2E)
      number(below(1_000_000), width: 6)
      add("] eth0: renamed from veth")
      hex(7)
    case 3:
      add("time=\"")
      instant()
      add("\" level=info msg=\"ignoring event\" container=")
      hex(64)
      add(" module=libcontainerd")
    case 4:
      add("pam_unix(sudo:session): session opened for user root(uid=0) by deploy(uid=")
      number(1000, 60_000)
      byte(0x29)
    case 5:
      add("rotated ")
      name()
      add(": next in ")
      number(1, 90)
      add(" d, id ")
      uuid()
    default: words(6, 16)
    }
  }
}
