internal import WeirCore

/// Of all rules those that are left when some are chosen by name.
struct RuleSelection {
  private let all: [Rule]
  private var isChosen: [Bool]

  init(of rules: [Rule]) {
    all = rules
    isChosen = Array(repeating: true, count: rules.count)
  }

  var indices: [Int] { all.indices.filter { isChosen[$0] } }
  var rules: [Rule] { indices.map { all[$0] } }

  /// The place of the rule that has this id.
  func index(of id: String) throws(Complaint) -> Int {
    if let index = all.firstIndex(where: { $0.id == id }) { return index }
    // Of a provider that there is, the rules of its own are meant.
    let provider = all.filter { $0.provider == id.prefix { $0 != "." } }
    let near = NearNames.of(id, among: (provider.isEmpty ? all : provider).map(\.id))
    throw Complaint(
      unknown: id, of: nil, kind: "rule",
      near: near.isEmpty ? provider.prefix(3).map(\.id) : near, list: "`weir rules list` names all")
  }

  /// Keeps the rules of any of these packs; all if none is named.
  mutating func keep(packs: [String]) throws(Complaint) {
    guard !packs.isEmpty else { return }
    let known = Set(all.flatMap(\.packs))
    for pack in packs where !known.contains(pack) {
      throw Complaint(
        unknown: pack, of: "--pack", kind: "pack", near: NearNames.of(pack, among: known),
        list: "`weir rules list --packs` lists all")
    }
    for (index, rule) in all.enumerated() where packs.allSatisfy({ !rule.packs.contains($0) }) {
      isChosen[index] = false
    }
  }

  /// Keeps the rules of these ids; all if none is named.
  mutating func keep(ids: [String]) throws(Complaint) {
    guard !ids.isEmpty else { return }
    let named = try self.named(ids, of: "--rule")
    for index in all.indices where !named.contains(index) { isChosen[index] = false }
  }

  mutating func drop(ids: [String]) throws(Complaint) {
    for index in try named(ids, of: "--no-rule") { isChosen[index] = false }
  }

  /// Refuses a choice that leaves nothing to report: a run would find nothing, whatever it reads.
  func requireSome(from least: Confidence) throws(Complaint) {
    let left = rules
    if left.isEmpty {
      throw Complaint(text: "no rule is left by --pack, --rule and --no-rule together")
    }
    if left.allSatisfy({ $0.confidence < least }) {
      throw Complaint(
        text: "no rule is left: those chosen are less sure than --min-confidence \(least.name)")
    }
  }

  /// The rules that ids, and providers with a star, name.
  private func named(_ names: [String], of option: String) throws(Complaint) -> Set<Int> {
    var named: Set<Int> = []
    for name in names {
      let matches = all.indices.filter { all[$0].isNamed(name) }
      if matches.isEmpty { throw complaint(about: name, of: option) }
      named.formUnion(matches)
    }
    return named
  }

  private func complaint(about name: String, of option: String) -> Complaint {
    let providers = Set(all.map(\.provider))
    if name.hasSuffix(".*") {
      return Complaint(
        unknown: name, of: option, kind: "provider",
        near: NearNames.of(name, among: providers.map { "\($0).*" }),
        list: "`weir rules list --providers` lists all")
    }
    let provider = String(name.prefix { $0 != "." })
    guard providers.contains(provider) else {
      return Complaint(
        unknown: name, of: option, kind: "rule", near: NearNames.of(name, among: all.map(\.id)),
        list: "`weir rules list` lists all")
    }
    return Complaint(
      unknown: name, of: option, kind: "rule",
      near: name == provider ? ["\(name).*"] : NearNames.of(name, among: all.map(\.id)),
      list: "`weir rules list --rule '\(provider).*'` lists all of \(provider)")
  }
}

extension Complaint {
  /// - Parameter list: how to see what there is.
  fileprivate init(
    unknown name: String, of option: String?, kind: String, near: [String], list: String
  ) {
    let name = option.map { "\($0) \(name)" } ?? name
    let question = near.isEmpty ? ";" : "; did you mean \(near.joined(separator: " or "))?"
    self.init(text: "\(name): there is no such \(kind)\(question) \(list)")
  }
}
