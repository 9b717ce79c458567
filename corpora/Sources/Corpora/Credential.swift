internal import WeirCore
internal import WeirSpecimens

/// A credential before it stands anywhere, and what has to stand before it.
struct Credential {
  enum Introduction {
    /// The form says all.
    case none
    /// It counts only where it is assigned to a name that ends in a noun of credentials; the parts of that name.
    case name([String])
    /// It counts only behind this word: in prose, or where the word is the name of what is assigned.
    case cue(String, inProse: Bool, asName: Bool)
    /// It counts behind a credential of another rule.
    case pair(Box)
  }

  /// What holds the first of a pair.
  final class Box {
    let credential: Credential
    init(_ credential: Credential) { self.credential = credential }
  }

  let rule: String
  /// The form; of one that ends in a quote, without that.
  let form: [UInt8]
  /// Where the secret stands in it.
  let secret: Range<Int>
  /// What stands before a form that begins in the middle: `https://host` before `.example.com/…`.
  let lead: String
  /// It counts in quotes only.
  let isQuoted: Bool
  /// The ends of lines in it may be written as escapes, or be followed by blanks.
  let isBreakable: Bool
  let introduction: Introduction
  /// Parts of a name by which people would call it, where it needs none.
  let customaryName: [String]

  /// The form is the secret, and no address, header or option around it.
  var isWhole: Bool { secret == 0..<form.count && lead.isEmpty }

  var name: [String] {
    if case .name(let parts) = introduction { return parts }
    return customaryName
  }
}

extension SpecimenMaker {
  private static let nouns: [[String]] = [
    ["key"], ["token"], ["secret"], ["api", "key"], ["access", "token"],
  ]

  /// A cue that reaches less far is an option or a call, which no assignment stands behind.
  private static let fewestNameBytes = 16

  /// A credential of the rule, as it stands in text: with a word of the rule in its name, or behind a cue or its pair.
  mutating func credential(of rule: RuleDefinition) -> Credential {
    let specimen = specimen(of: rule)
    let bare = specimen.bare
    var form = bare.bytes
    // The form of a judged rule that ends in a quote: whoever writes it chooses which.
    let isQuoted = rule.judge != nil && bare.secret.upperBound < form.count
    if isQuoted { form.removeLast(form.count - bare.secret.upperBound) }
    let isWhole = bare.secret == 0..<form.count
    let introduction = introduction(of: rule, isWhole: isWhole)
    var lead = ""
    if case .none = introduction, !isWhole { lead = self.lead(to: form[0]) }
    return Credential(
      rule: rule.id, form: form, secret: bare.secret, lead: lead, isQuoted: isQuoted,
      isBreakable: rule.hasLines, introduction: introduction,
      customaryName: [rule.provider] + (isWhole ? random.pick(Self.nouns) : ["url"]))
  }

  private mutating func lead(to first: UInt8) -> String {
    let number = random.below(900)
    return switch first {
    case UInt8(ascii: "."): "https://app\(number)"
    case UInt8(ascii: "/"): "https://app\(number).example.org"
    case UInt8(ascii: ":"): "user:\(number)"
    case UInt8(ascii: ";"), UInt8(ascii: "&"): "host=app\(number)"
    default: ""
    }
  }

  private mutating func introduction(
    of rule: RuleDefinition, isWhole: Bool
  ) -> Credential.Introduction {
    if let judge = rule.judge { return .name(random.pick(Self.names(of: judge))) }
    if let pair = rule.pair.flatMap({ id in rules.first { $0.id == id } }),
      rule.context.isEmpty || random.below(3) == 0
    {
      return .pair(Credential.Box(credential(of: pair)))
    }
    if !rule.context.isEmpty {
      let parts = random.pick(rule.context).split { " _-.".contains($0) }.map(String.init)
      let isNamed = Nouns.all.contains(parts.last!)
      return .name(parts + (isNamed ? [] : random.pick(Self.nouns)))
    }
    if !rule.cue.isEmpty {
      let cue = random.pick(rule.cue)
      let isPlain = cue.last != " " && cue.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " }
      let isFar = isWhole && rule.withinBytes >= Self.fewestNameBytes
      return .cue(
        cue, inProse: !rule.isAssigned, asName: rule.isAssigned || isPlain && isFar)
    }
    return .none
  }

  private static func names(of kind: CredentialKind) -> [[String]] {
    switch kind {
    case .password: [["password"], ["db", "password"], ["smtp", "passwd"], ["admin", "pwd"]]
    case .secret: [["client", "secret"], ["app", "secret"], ["webhook", "secret"]]
    case .token: [["access", "token"], ["auth", "token"], ["refresh", "token"]]
    case .key: [["api", "key"], ["secret", "key"], ["encryption", "key"]]
    }
  }
}

extension RuleDefinition {
  /// Key blocks and phrases, of which the engine knows how lines end inside (docs/design/0001, §3).
  fileprivate var hasLines: Bool {
    guard let forms = try? shape.forms() else { return false }
    return forms.contains { form in
      switch form.tail {
      case .keyBlock, .phrase: true
      case .jwt, nil: false
      }
    }
  }
}
