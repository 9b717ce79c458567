internal import WeirCore
internal import WeirSpecimens

/// JavaScript as bundlers write it: everything on a line, names of a letter or two, chunks named by digests.
struct MinifiedWriter: DressWriter {
  private static let bearer = Slot(
    allowed: Slot.minified.allowed, naming: .none, open: "headers:{Authorization:\"Bearer ",
    close: "\"}", isForSecrets: true)

  let slots: [Slot] = [.minified, .minifiedVariable, Self.bearer]

  mutating func nextFile(_ number: Int, _ sheet: inout Sheet) -> (name: String, bytes: Int?) {
    ("assets\(number / 256)/chunk-\(number).js", 20_000 + sheet.below(200_000))
  }

  mutating func begin(_ sheet: inout Sheet) { sheet.add("\"use strict\";(()=>{") }
  mutating func end(_ sheet: inout Sheet) { sheet.add("})();\n") }

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    if let leak { return said(&sheet, leak) }
    switch sheet.below(7) {
    case 0:
      sheet.add("function ")
      sheet.short()
      sheet.byte(0x28)
      sheet.short()
      sheet.byte(0x2C)
      sheet.short()
      sheet.add("){return ")
      sheet.call()
      sheet.add("}")
    case 1:
      sheet.add("var ")
      sheet.short()
      sheet.byte(0x3D)
      sheet.call()
      sheet.add(",")
      sheet.short()
      sheet.byte(0x3D)
      sheet.number(0, 99_999)
      sheet.byte(0x3B)
    case 2:
      sheet.short()
      sheet.add("={type:\"")
      sheet.pick(Vocabulary.things)
      sheet.add("\",key:\"")
      sheet.pick(Vocabulary.things)
      sheet.add("\",children:[")
      sheet.call()
      sheet.add("]};")
    case 3:
      sheet.add("n.e(")
      sheet.number(1, 9999)
      sheet.add(").then(n.bind(n,")
      sheet.number(1, 99_999)
      sheet.add(")),u[")
      sheet.number(1, 9999)
      sheet.add("]=\"")
      sheet.hex(20)
      sheet.add("\";")
    case 4:
      sheet.add("if(")
      sheet.short()
      sheet.byte(0x2E)
      sheet.pick(Vocabulary.things)
      sheet.add("!==")
      sheet.short()
      sheet.add(")throw new Error(\"")
      sheet.words(2, 6)
      sheet.add("\");")
    case 5:
      sheet.short()
      sheet.byte(0x3D)
      sheet.short()
      sheet.byte(0x3F)
      sheet.call()
      sheet.byte(0x3A)
      sheet.call()
      sheet.byte(0x3B)
    default:
      sheet.add("(0,")
      sheet.short()
      sheet.byte(0x2E)
      sheet.short()
      sheet.add(")(\"")
      sheet.pick(Vocabulary.things)
      sheet.add("\",{token:")
      sheet.short()
      sheet.add(",password:")
      sheet.short()
      sheet.add(".value});")
    }
  }

  private func said(_ sheet: inout Sheet, _ leak: Leak) {
    switch leak.place {
    case 0:
      sheet.add("const ")
      sheet.short()
      sheet.add("={debug:!1,")
      sheet.put(leak)
      sheet.add(",region:\"eu\"};")
    case 1:
      sheet.add("let ")
      sheet.put(leak)
      sheet.add(",")
      sheet.short()
      sheet.add("=0;")
    default:
      sheet.add("fetch(")
      sheet.short()
      sheet.add(",{")
      sheet.put(leak)
      sheet.add("});")
    }
  }
}

extension Sheet {
  private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

  /// A name of two or three letters.
  mutating func short() {
    var bits = random.next()
    for _ in 0..<2 + Int(bits & 1) {
      bits >>= 8
      bytes.append(Self.letters[Int(bits & 0xFF) % 52])
    }
  }

  /// `ab.cde(fg,41)`
  mutating func call() {
    short()
    byte(0x2E)
    short()
    byte(0x28)
    short()
    byte(0x2C)
    number(0, 999)
    byte(0x29)
  }
}
