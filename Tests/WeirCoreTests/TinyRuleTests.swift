import Oracle
import Testing
import WeirCore
import WeirSpecimens

@Suite("All small inputs")
struct TinyRuleTests {
  private static let sets: [(letters: String, rules: @Sendable () throws -> [RuleDefinition])] = [
    (
      "a-.",
      {
        [
          try TestRule.make("t.run", "'-a-' set(a.){2,4}"),
          try TestRule.make("t.open", "'a--' set(a\\-){2,}"),
          try TestRule.make("t.literal", "'.-a' set(a){1,2} '-'"),
        ]
      }
    ),
    (
      "a=.",
      {
        [
          try TestRule.make("t.secret", "'a=a' secret:set(a.){2,3} '='", specificity: .generic),
          try TestRule.make("t.cue", "set(a.){3}", cue: ["aa="], within: 4),
          try TestRule.make("t.context", "set(a.){2,}", specificity: .context, context: ["a.a"]),
        ]
      }
    ),
    (
      "ab\n",
      {
        [
          try TestRule.make("t.source", "'bab' set(a){1,2}"),
          try TestRule.make("t.pair", "set(ab){2,3}", pair: "t.source", within: 4),
          try TestRule.make("t.caseless", "i'ABA' 'b'? set(ab){2}"),
        ]
      }
    ),
  ]

  @Test("of up to eight letters agree with the oracle at every split", arguments: 0..<sets.count)
  func enumeration(index: Int) throws {
    let rules = try Self.sets[index].rules()
    let letters = Array(Self.sets[index].letters.utf8)
    let catalogue = try Catalogue(compiling: rules)
    let oracle = Oracle(rules: rules, policy: .redact)
    var failures = 0
    for length in 1...(Scale.factor > 1 ? 9 : 8) {
      var number = 0
      let count = (0..<length).reduce(1) { product, _ in product * letters.count }
      while number < count, failures < 3 {
        var rest = number
        let input = (0..<length).map { _ in
          defer { rest /= letters.count }
          return letters[rest % letters.count]
        }
        number += 1
        for place in 0..<length where failures < 3 {
          let agrees = try expectAgreement(
            input, .redact, oracle, chunks: [input[..<place], input[place...]], note: "tiny",
            catalogue: catalogue)
          if !agrees { failures += 1 }
        }
      }
    }
  }
}
