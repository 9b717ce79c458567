internal import WeirCore

/// The rules that options choose, and what is said of names that stand for none.
struct RuleSelection {
  private let all: [Rule]
  private var choice: RuleChoice

  init(of rules: [Rule]) {
    all = rules
    choice = RuleChoice(of: rules)
  }

  var indices: [Int] { choice.indices }
  var rules: [Rule] { choice.rules }

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

  mutating func keep(packs: [String]) throws(Complaint) {
    do { try choice.keep(packs: packs) } catch { throw complaint(about: error, of: "--pack") }
  }

  mutating func keep(ids: [String]) throws(Complaint) {
    do { try choice.keep(ids: ids) } catch { throw complaint(about: error, of: "--rule") }
  }

  mutating func drop(ids: [String]) throws(Complaint) {
    do { try choice.drop(ids: ids) } catch { throw complaint(about: error, of: "--no-rule") }
  }

  /// Refuses a choice that leaves nothing to report: a run would find nothing, whatever it reads.
  func requireSome(from least: Confidence) throws(Complaint) {
    if choice.isEmpty() {
      throw Complaint(text: "no rule is left by --pack, --rule and --no-rule together")
    }
    if choice.isEmpty(from: least) {
      throw Complaint(
        text: "no rule is left: those chosen are less sure than --min-confidence \(least.name)")
    }
  }

  private func complaint(about unknown: RuleChoice.Unknown, of option: String) -> Complaint {
    switch unknown {
    case .pack(let name):
      Complaint(
        unknown: name, of: option, kind: "pack",
        near: NearNames.of(name, among: Set(all.flatMap(\.packs))),
        list: "`weir rules list --packs` lists all")
    case .rule(let name): complaint(aboutRule: name, of: option)
    }
  }

  private func complaint(aboutRule name: String, of option: String) -> Complaint {
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
