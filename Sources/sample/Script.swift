import WeirCore
import WeirSpecimens

/// Who says what, and where the credentials slip in.
struct Script {
  private let rules: [RuleDefinition]
  private var maker: SpecimenMaker
  private var voice: VoiceState

  init(rules: [RuleDefinition], seed: UInt64) {
    self.rules = rules
    maker = SpecimenMaker(rules: rules, seed: seed)
    voice = VoiceState(random: SplitMix64(seed: seed ^ 0x5EED))
  }

  /// About `lineCount` lines; a credential of every rule, spread evenly, is always among them.
  mutating func text(lineCount: Int) -> [UInt8] {
    let plainPerRule = max(0, lineCount / max(rules.count, 1) - 1)
    var bytes: [UInt8] = []
    for (index, rule) in rules.enumerated() {
      for _ in 0..<plainPerRule {
        bytes += line(of: voice.random.pick(Voice.allCases), saying: nil)
      }
      let leak = Leak(specimenAlone(of: rule))
      let voices = Voice.allCases.filter { leak.fits($0) }
      bytes += line(of: voices[index % voices.count], saying: leak)
    }
    return bytes
  }

  /// A credential without that of another rule in front, which would count twice.
  private mutating func specimenAlone(of rule: RuleDefinition) -> Specimen {
    while true {
      let specimen = maker.specimen(of: rule)
      if !specimen.bytes[..<specimen.form.lowerBound].contains(0x0A) { return specimen }
    }
  }

  private mutating func line(of speaker: Voice, saying leak: Leak?) -> [UInt8] {
    voice.line(of: speaker, saying: leak?.text(for: speaker)) + [0x0A]
  }
}

/// A credential, as the speaker would write it.
struct Leak {
  private let bytes: [UInt8]

  init(_ specimen: Specimen) {
    bytes = specimen.bytes
  }

  /// A request line has no room for blanks; only free text has room for lines, and a form with a line's end in it would be another with its escape; an escape would part a cue from its
  /// quotes and change a backslash; and behind a quote an option is none.
  func fits(_ voice: Voice) -> Bool {
    let hasBlanks = bytes.contains { $0 == 0x20 || $0 == 0x0A || $0 == 0x22 || $0 == 0x2F }
    return switch voice {
    case .access: !hasBlanks
    case .syslog, .trace: !bytes.contains(0x0A)
    case .json, .modelStream, .transcript:
      !bytes.contains { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 } && !isOption
    case .build, .environment: true
    }
  }

  /// `--name value`; a BEGIN line has more dashes.
  private var isOption: Bool {
    let dash = UInt8(ascii: "-")
    return bytes.starts(with: [dash, dash]) && bytes.dropFirst(2).first != dash
  }

  func text(for voice: Voice) -> [UInt8] {
    guard voice.isJSON else { return bytes }
    var escaped: [UInt8] = []
    for byte in bytes {
      switch byte {
      case 0x0A: escaped += Array("\\n".utf8)
      case 0x5C: escaped += [0x5C, byte]
      default: escaped.append(byte)
      }
    }
    return escaped
  }
}
