internal import WeirCore

/// Settings as they lie in the folder of a service: `.env`, YAML, properties, and scripts that export variables.
struct SettingsWriter: DressWriter {
  private enum Kind: CaseIterable { case env, script, yaml, properties, npmrc, file }

  private static let npmrc = Slot(
    allowed: Slot.bearer.allowed.subtracting(ByteSet("#;=")), naming: .none,
    open: "//registry.example.org/:_authToken=", isForSecrets: true)

  private var kind = Kind.env

  var slots: [Slot] {
    switch kind {
    case .env: [.variable, .quotedVariable]
    case .script: [.export, .quotedExport]
    case .yaml: [.yaml, .quotedYAML, .blockYAML]
    case .properties: [.property]
    case .npmrc: [Self.npmrc]
    case .file: [.file]
    }
  }

  mutating func nextFile(_ number: Int, _ sheet: inout Sheet) -> (name: String, bytes: Int?) {
    // The kinds that little fits are seldom.
    kind =
      switch number % 16 {
      case 7: .npmrc
      case 11, 15: .file
      case let rest: Kind.allCases[rest % 4]
      }
    let folder = "service\(number / 64)"
    let name =
      switch kind {
      case .env: "\(folder)/\(number).env"
      case .script: "\(folder)/\(number).sh"
      case .yaml: "\(folder)/values\(number).yaml"
      case .properties: "\(folder)/application\(number).properties"
      case .npmrc: "\(folder)/\(number)/.npmrc"
      case .file: "\(folder)/store\(number).txt"
      }
    return (name, 600 + sheet.below(6000))
  }

  mutating func begin(_ sheet: inout Sheet) {
    if kind == .npmrc { return sheet.add("; registry of the team\n") }
    if kind == .file { return sheet.add("\n") }
    sheet.add(kind == .script ? "#!/bin/sh\nset -eu\n# " : "# ")
    sheet.words(4, 14)
    sheet.line()
    if kind == .yaml {
      sheet.pick(Vocabulary.services)
      sheet.add(":\n")
    }
  }

  mutating func record(_ sheet: inout Sheet, _ leak: Leak?) {
    if let leak { sheet.put(leak) } else { plain(&sheet) }
    sheet.line()
  }

  private func plain(_ sheet: inout Sheet) {
    switch kind {
    case .env, .script:
      if kind == .script { sheet.add("export ") }
      capitals(&sheet)
      sheet.byte(0x3D)
      value(&sheet)
    case .yaml:
      sheet.add("  ")
      sheet.name()
      sheet.add(": ")
      value(&sheet)
    case .properties:
      sheet.pick(Vocabulary.things)
      sheet.byte(0x2E)
      sheet.pick(Vocabulary.things)
      sheet.byte(0x2E)
      sheet.pick(Vocabulary.endings)
      sheet.byte(0x3D)
      value(&sheet)
    case .npmrc, .file:
      sheet.add("; ")
      sheet.words(4, 14)
    }
  }

  private func capitals(_ sheet: inout Sheet) {
    let start = sheet.bytes.count
    sheet.name()
    for place in start..<sheet.bytes.count where sheet.bytes[place] >= 0x61 {
      sheet.bytes[place] -= 0x20
    }
  }

  private func value(_ sheet: inout Sheet) {
    switch sheet.below(7) {
    case 0: sheet.number(0, 9_999_999)
    case 1:
      sheet.add("https://")
      sheet.host()
      sheet.add(".example.org")
      sheet.path()
    case 2:
      sheet.add("/var/lib/")
      sheet.pick(Vocabulary.services)
      sheet.byte(0x2F)
      sheet.hex(8)
    case 3: sheet.uuid()
    case 4:
      sheet.add("registry.example.org/app@sha256:")
      sheet.hex(64)
    case 5:
      sheet.byte(0x22)
      sheet.words(2, 8)
      sheet.byte(0x22)
    default:
      sheet.pick(Vocabulary.things)
      sheet.byte(0x2D)
      sheet.version()
    }
  }
}
