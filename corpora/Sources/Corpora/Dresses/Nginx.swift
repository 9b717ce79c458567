/// Access logs of nginx, in the combined format with times and ids behind it.
struct NginxWriter: OneFileWriter {
  static let fileName = "access.log"
  let slots: [Slot] = [.query, .query, .query]

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pass()
    sheet.address()
    sheet.add(" - - [")
    sheet.request()
    switch leak?.place {
    case 0:
      sheet.add("?page=")
      sheet.number(1, 90)
      sheet.byte(0x26)
      sheet.put(leak!)
      sheet.add("&sort_key=created_at")
    case 1:
      sheet.byte(0x3F)
      sheet.put(leak!)
    default: sheet.query()
    }
    sheet.add(" HTTP/2.0\" ")
    sheet.answer()
    sheet.add(" \"")
    if leak.isIn(2) {
      sheet.add("https://app.example.org/callback?")
      sheet.put(leak!)
      sheet.add("&state=open")
    } else if sheet.isOne(in: 3) {
      sheet.add("https://app.example.org")
      sheet.path()
    } else {
      sheet.byte(0x2D)
    }
    sheet.add("\" \"")
    sheet.agent()
    sheet.add("\" rt=0.")
    sheet.number(sheet.below(1000), width: 3)
    sheet.add(" id=")
    sheet.hex(32)
    sheet.line()
  }
}

extension Sheet {
  /// The time, and the request up to its path.
  mutating func request() {
    accessTime()
    add("] \"")
    pick(Vocabulary.methods)
    byte(0x20)
    path()
  }

  /// The status and how many bytes went out.
  mutating func answer() {
    pick(Vocabulary.statuses)
    byte(0x20)
    number(120, 99_999)
  }

  /// What stands behind a path, if anything.
  mutating func query() {
    switch below(8) {
    case 0:
      add("?page=")
      number(1, 400)
      add("&sort_key=")
      pick(Vocabulary.things)
    case 1:
      add("?v=")
      hex(8)
    case 2:
      add("?redirect_uri=https%3A%2F%2Fapp.example.org%2Fdone&nonce=")
      number(1, 99_999_999)
    case 3:
      add("?ids=")
      uuid()
      add("%2C")
      uuid()
    default: break
    }
  }

  mutating func agent() {
    switch below(4) {
    case 0:
      add("Mozilla/5.0 (X11; Linux x86_64; rv:")
      number(100, 145)
      add(".0) Gecko/20100101 Firefox/")
      number(100, 145)
      add(".0")
    case 1:
      add("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_")
      number(1, 9)
      add(") AppleWebKit/605.1.")
      number(1, 50)
      add(" (KHTML, like Gecko) Version/")
      version()
    case 2:
      add("kube-probe/1.")
      number(20, 36)
    default:
      add("python-requests/")
      version()
    }
  }
}
