internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// What `weir rules list` lists in the place of rules: by what else they are chosen.
enum RuleGrouping: String, EnumerableFlag {
  case packs, providers

  static func help(for value: Self) -> ArgumentHelp? {
    switch value {
    case .packs: "List the packs, and how many rules each has."
    case .providers: "List the providers, how many rules each has, and its name."
    }
  }

  /// A kind of name and how many rules have it.
  struct Group {
    var name: String
    var title: String?
    var count: Int
  }

  /// In the order of their names.
  func groups(of rules: [Rule]) -> [Group] {
    var groups: [String: Group] = [:]
    func count(_ name: String, title: String? = nil) {
      groups[name, default: Group(name: name, title: title, count: 0)].count += 1
    }
    for rule in rules {
      switch self {
      case .packs: for pack in rule.packs { count(pack) }
      case .providers: count(rule.provider, title: rule.providerName)
      }
    }
    return groups.values.sorted { $0.name < $1.name }
  }

  func text(of rules: [Rule]) -> String {
    let groups = groups(of: rules)
    let width = groups.map(\.name.count).max() ?? 0
    return groups.map { group in
      let name = group.name + String(repeating: " ", count: width - group.name.count)
      let count = group.count == 1 ? "1 rule" : "\(group.count) rules"
      return "\(name)  \(count)" + (group.title.map { "  \($0)" } ?? "")
    }.joined(separator: "\n")
  }

  func json(of rules: [Rule]) -> [String] {
    groups(of: rules).map { group in
      let title = group.title.map { ",\"name\":\(JSONText.quoted($0))" } ?? ""
      return "{\"\(key)\":\(JSONText.quoted(group.name))\(title),\"rules\":\(group.count)}"
    }
  }

  private var key: String {
    switch self {
    case .packs: "pack"
    case .providers: "provider"
    }
  }
}
