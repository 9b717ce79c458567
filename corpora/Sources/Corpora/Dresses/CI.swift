internal import WeirCore

/// Output of builds as a runner keeps it: a time before each line, commands echoed, colours.
struct CIWriter: OneFileWriter {
  static let fileName = "build.txt"
  private static let quotedBearer = Slot(
    allowed: Slot.bearer.allowed.subtracting(ByteSet("'")), naming: .none,
    open: "Authorization: Bearer ", isForSecrets: true)

  let slots =
    ([.text, .text, .option, .export, .quotedExport, Self.quotedBearer, .userinfo] as [Slot])
    .map(\.onOneLine)

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    sheet.pass(400_000)
    sheet.instant()
    sheet.byte(0x20)
    if let leak { said(&sheet, leak) } else { plain(&sheet) }
    sheet.line()
  }

  private func said(_ sheet: inout Sheet, _ leak: Leak) {
    switch leak.place {
    case 0:
      sheet.words(1, 4)
      sheet.add(" \u{1B}[33m")
      sheet.put(leak)
      sheet.add("\u{1B}[0m")
    case 1:
      sheet.add("##[error]")
      sheet.put(leak)
      sheet.add(" was refused")
    case 2:
      sheet.add("+ deploy ")
      sheet.put(leak)
      sheet.add(" --region eu-1")
    case 5:
      sheet.add("+ curl -sS -H '")
      sheet.put(leak)
      sheet.add("' https://api.example.net/v1/me")
    case 6:
      sheet.add("+ git clone --depth 1 ")
      sheet.put(leak)
      sheet.add("team/app.git")
    default:
      sheet.add("+ ")
      sheet.put(leak)
    }
  }

  private func plain(_ sheet: inout Sheet) {
    switch sheet.below(7) {
    case 0:
      sheet.add("##[group]Run ")
      sheet.words(2, 5)
      sheet.add(" #")
      sheet.number(1, 999_999)
    case 1:
      sheet.add("\u{1B}[32m✔\u{1B}[0m ")
      sheet.words(3, 9)
      sheet.add(" \u{1B}[2m(")
      sheet.number(1, 9000)
      sheet.add(" ms)\u{1B}[22m")
    case 2:
      sheet.hex(12)
      sheet.add(": Pull complete, digest sha256:")
      sheet.hex(64)
    case 3:
      sheet.add("[")
      sheet.number(1, 900)
      sheet.add("/900] Compiling ")
      sheet.className()
      sheet.add(".swift")
    case 4:
      sheet.add("npm http fetch GET 200 https://registry.npmjs.org/")
      sheet.pick(Vocabulary.packages)
      sheet.add("/-/")
      sheet.hex(10)
      sheet.add(".tgz ")
      sheet.number(1, 900)
      sheet.add("ms (cache miss)")
    case 5:
      sheet.add("  API_KEY: ***, HEAD is now at ")
      sheet.hex(40)
    default: sheet.words(4, 14)
    }
  }
}

extension Slot {
  /// The same where an end of line would be followed by the head of the next line.
  var onOneLine: Slot {
    var slot = self
    slot.lineEnd = nil
    if joint == "\n" { slot.joint = " " }
    return slot
  }
}
