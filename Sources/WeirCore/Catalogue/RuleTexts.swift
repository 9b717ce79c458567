/// The texts of all rules in one run of bytes, decoded when somebody asks.
struct RuleTexts: Sendable {
  enum Field: Int, CaseIterable {
    case id, aliases, provider, providerName, title, category, power, revoke, packs, shape, check,
      context
  }

  var bytes: [UInt8] = []
  /// Where each field of each rule begins, and the end of the last.
  var offsets: [UInt32] = [0]

  mutating func append(_ rule: RuleDefinition) {
    for field in Field.allCases {
      let text =
        switch field {
        case .id: rule.id
        case .aliases: rule.aliases.joined(separator: "\n")
        case .provider: rule.provider
        case .providerName: rule.providerName
        case .title: rule.title
        case .category: rule.category
        case .power: rule.power
        case .revoke: rule.revoke
        case .packs: rule.packs.joined(separator: "\n")
        case .shape: rule.shapeText
        case .check: rule.check?.text ?? ""
        case .context: (rule.context + rule.cue).joined(separator: "\n")
        }
      bytes += Array(text.utf8)
      offsets.append(UInt32(bytes.count))
    }
  }

  func range(of field: Field, rule: Int) -> Range<Int> {
    let index = rule * Field.allCases.count + field.rawValue
    return Int(offsets[index])..<Int(offsets[index + 1])
  }

  func text(_ field: Field, rule: Int) -> String {
    String(decoding: bytes[range(of: field, rule: rule)], as: UTF8.self)
  }

  var isConsistent: Bool {
    offsets.first == 0 && offsets.last == UInt32(bytes.count)
      && zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }
  }
}

/// What a person reads about a rule.
public struct Rule: Equatable, Sendable {
  public var id: String
  /// What other programs call it.
  public var aliases: [String]
  public var provider: String
  public var providerName: String
  public var title: String
  public var category: String
  public var power: String
  public var revoke: String
  public var packs: [String]
  /// Empty for a rule with a regular expression.
  public var shape: String
  public var regex: String?
  public var check: String
  /// The words behind which the rule is looked for; empty for a rule with an anchor.
  public var words: [String]
  public var confidence: Confidence
  /// It is found under codings too (`Coding`).
  public var isFoundEncoded: Bool
}
