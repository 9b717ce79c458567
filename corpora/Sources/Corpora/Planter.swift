internal import WeirCore
internal import WeirSpecimens

/// Chooses which credential stands next in a dress: all rules in turn, in an order of chance.
struct Planter {
  /// A rule of which no specimen fits the slots at hand waits for others so many times.
  private static let mostTries = 12

  private let rules: [RuleDefinition]
  private var maker: SpecimenMaker
  /// The rules of this turn that wait, the next one last, and how often each was tried.
  private var waiting: [(rule: Int, tries: Int)] = []

  init(rules: [RuleDefinition], seed: UInt64) {
    self.rules = rules
    maker = SpecimenMaker(rules: rules, seed: seed)
  }

  /// - Returns: nil when no credential of any rule fits any of the slots.
  mutating func leak(for slots: [Slot]) -> Leak? {
    var turns = 0
    while turns < 2 {
      if waiting.isEmpty {
        turns += 1
        shuffle()
      }
      let (rule, tries) = waiting.removeLast()
      let credential = maker.credential(of: rules[rule])
      let places = slots.indices.filter { slots[$0].fits(credential) }
      if !places.isEmpty {
        let place = maker.random.pick(places)
        return Leak(credential: credential, slot: slots[place], place: place)
      }
      if tries + 1 < Self.mostTries {
        waiting.insert((rule, tries + 1), at: maker.random.below(waiting.count + 1))
      }
    }
    return nil
  }

  /// All rules, in an order that no library chooses (Fisher and Yates).
  private mutating func shuffle() {
    waiting = rules.indices.map { ($0, 0) }
    for last in waiting.indices.dropFirst().reversed() {
      waiting.swapAt(last, maker.random.below(last + 1))
    }
  }
}
