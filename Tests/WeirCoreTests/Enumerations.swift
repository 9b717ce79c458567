import WeirCore
import WeirSpecimens

extension Enumeration {
  static let all: [Enumeration] = held + swallowed + masked + named + tails + phrases

  /// Rules that are held until they are decided.
  private static let held: [Enumeration] = [
    Enumeration("fixed and ranged runs", letters: "ab-") {
      [
        try TestRule.make("t.fixed", "'aab' set(ab){2}"),
        try TestRule.make("t.ranged", "'ba-' set(ab){1,3}"),
        try TestRule.make("t.caseless", "i'ABA' 'b'? set(ab){2} '-'"),
      ]
    },
    Enumeration("inner literals, and runs between them", letters: "ab-") {
      [
        try TestRule.make("t.inner", "'a-b' set(ab){1,2} '-' set(a){1,2}"),
        try TestRule.make("t.outer", "'b-a' secret:set(ab\\-){2,5}", specificity: .generic),
        try TestRule.make("t.behind", "set(ab){2} '-aa-'"),
      ]
    },
    Enumeration("sentence's dots", letters: "a-.") {
      [
        try TestRule.make("t.run", "'-a-' set(a.){2,4}"),
        try TestRule.make("t.open", "'a--' set(a\\-){2,}"),
        try TestRule.make("t.literal", "'.-a' set(a){1,2} '-'"),
      ]
    },
    Enumeration("secret, cue and context", letters: "a=.") {
      [
        try TestRule.make("t.secret", "'a=a' secret:set(a.){2,3} '='", specificity: .generic),
        try TestRule.make("t.cue", "set(a.){3}", cue: ["aa="], within: 4),
        try TestRule.make(
          "t.context", "set(a.){2,}", specificity: .context, cue: ["a.a"], isAssigned: true),
      ]
    },
    Enumeration("cues across lines", letters: "ab\n") {
      [
        try TestRule.make("t.lines", "set(ab){2,3}", cue: ["bab"], crossesLines: true, within: 4),
        try TestRule.make("t.line", "set(a\\x0A){2}", cue: ["abb"], within: 5),
        try TestRule.make("t.anchored", "'baa' set(b){1,2}"),
      ]
    },
    Enumeration("pairs across lines", letters: "ab\n") {
      [
        try TestRule.make("t.source", "'bab' set(a){1,2}"),
        try TestRule.make("t.pair", "set(ab){2,3}", pair: "t.source", within: 4),
        try TestRule.make("t.caseless", "i'ABA' 'b'? set(ab){2}"),
      ]
    },
  ]

  /// A phrase about its last words, and what may stand between and before them.
  private static let phrases: [Enumeration] = {
    var maker = SpecimenMaker(rules: [], seed: 142)
    // Its first twelve are a phrase too.
    var words: [UInt16] = []
    repeat {
      words = maker.phrasePlaces(.bip39, words: 15)
    } while !SpecimenMaker.isPhrase(Array(words.prefix(12)), .bip39)
    let texts = SpecimenMaker.words(words, .bip39).map { String(decoding: $0, as: UTF8.self) }
    let rules: @Sendable () throws -> [RuleDefinition] = {
      [
        try TestRule.make("t.phrase", "bip39-phrase", cue: ["cue"], crossesLines: true, within: 40),
        try TestRule.make("t.word", "'\(texts[2])' set(a-z ){1,9}"),
      ]
    }
    return [
      Enumeration(
        "phrases about their last words",
        words: [texts[13], texts[14], " ", "\n", "\\n", "2.", "*******", "\""], longest: 4,
        head: Array(("cue:" + texts.prefix(13).joined(separator: " ")).utf8), cutsFrom: 60,
        rules: rules),
      Enumeration(
        "phrases about their first words",
        words: [
          texts.joined(separator: ", "), texts[0], "cue ", "\n", "********", "WEIR_REDACTED", "3) ",
        ],
        longest: 4, head: Array("cue ".utf8), rules: rules),
    ]
  }()

  /// Open runs that outgrow what is held, and are then read on.
  private static let swallowed: [Enumeration] = [
    Enumeration("open runs past their hold", letters: "ab.", hold: 6) {
      [
        try TestRule.make("t.dots", "'aab' set(ab.){2,}"),
        try TestRule.make("t.letters", "'.ba' secret:set(ab){1,}"),
        try TestRule.make("t.inside", "'b.a' set(ab){1,2}", specificity: .generic),
      ]
    },
    Enumeration("open runs that begin in each other", letters: "a-.", hold: 7) {
      [
        try TestRule.make("t.beyond", "'-a-' set(a){1} '.' secret:set(a\\-){1,}"),
        try TestRule.make("t.dash", "'a--' set(a\\-){1,}", specificity: .generic),
        try TestRule.make("t.pair", "set(a){2}", pair: "t.dash", within: 4),
      ]
    },
    Enumeration("open runs behind words, named by what is inside", letters: "a=-", hold: 5) {
      [
        try TestRule.make(
          "t.context", "set(a\\-){2,}", specificity: .context, cue: ["-aa"], isAssigned: true),
        try TestRule.make("t.cue", "set(a\\-){3,}", specificity: .generic, cue: ["a=a"], within: 8),
        try TestRule.make("t.provider", "'-a-' set(a){1,2}"),
      ]
    },
  ]

  /// Masks and escapes, which are words of several bytes.
  private static let masked: [Enumeration] = [
    Enumeration("around masks", words: ["aab", "a", "-", "WEIR_REDACTED", "_t.x"], longest: 5) {
      [
        try TestRule.make("t.run", "'aab' set(ab){1,4}"),
        try TestRule.make("t.upper", "'-aa' set(A-Za-z_){1,}"),
        try TestRule.make("t.cue", "set(ab\\-){3}", cue: ["aab"], within: 24),
        try TestRule.make("t.pair", "set(ab){3}", pair: "t.run", within: 20),
      ]
    },
    Enumeration("around stars", words: ["********", "*", "a-a", "a", "-"], longest: 5, hold: 8) {
      [
        try TestRule.make("t.run", "'a-a' set(a){1,3}"),
        try TestRule.make("t.stars", "'-a*' set(*a){1,5}"),
        try TestRule.make("t.open", "'aa-' set(a\\-){1,}"),
      ]
    },
    Enumeration(
      "around escapes and assignments",
      words: ["key", "ab", "=", "%3D", "\\n", " ", "\"", "\u{1B}[1m"], longest: 5
    ) {
      [
        try TestRule.make(
          "t.context", "set(ab){2}", specificity: .context, cue: ["key"], isAssigned: true),
        try TestRule.make("t.cue", "set(ab){2,4}", cue: ["ab="], within: 9),
        try TestRule.make("t.edge", "'abk' set(ey){2}"),
      ]
    },
  ]

  /// Context rules: their words, names, signs, and what may stand between.
  private static let named: [Enumeration] = [
    Enumeration(
      "words, names and values", words: ["aab", "Key=", "=", "_", " ", "\n", "xy", "\""],
      longest: 5,
      head: Array("aab ".utf8), nouns: ["key", "y"]
    ) {
      [
        try TestRule.make("t.long", "set(xy){2,4}", specificity: .context, context: ["aab key"]),
        try TestRule.make(
          "t.short", "set(xy){2}", specificity: .context, context: ["aab"], within: 8),
        try TestRule.make("t.open", "set(xykey){3,}", specificity: .context, context: ["aab aab"]),
      ]
    },
    Enumeration(
      "words before and behind masks and ends of words",
      words: ["aab", "B", "b_", "key=", "WEIR_REDACTED", "\n", "xy"], longest: 5,
      head: Array("b_aab_b_".utf8), nouns: ["key"]
    ) {
      [
        try TestRule.make("t.word", "set(xy){2,4}", specificity: .context, context: ["aab"]),
        try TestRule.make(
          "t.parts", "set(xy){2}", specificity: .context, context: ["b aab b"], within: 12),
        try TestRule.make(
          "t.near", "set(xyab){3}", specificity: .context, context: ["aabb"], within: 6),
      ]
    },
    Enumeration("words of one letter more", letters: "aA=", nouns: ["a"]) {
      [
        try TestRule.make("t.three", "set(aA){2}", specificity: .context, context: ["aaa"]),
        try TestRule.make(
          "t.four", "set(aA){3}", specificity: .context, context: ["a aa"], within: 5),
        try TestRule.make("t.five", "set(aA){1,2}", specificity: .context, context: ["aaaaa"]),
      ]
    },
  ]

  /// A token and a key block about their openings, which are made at run time.
  private static let tails: [Enumeration] = {
    var maker = SpecimenMaker(rules: [], seed: 141)
    let header = String(
      decoding: maker.token(header: #"{"alg":"x"}"#).prefix { $0 != UInt8(ascii: ".") },
      as: UTF8.self)
    let body = String(
      decoding: maker.random.bytes(Alphabet.named["base62"]!.bytes, count: 64), as: UTF8.self)
    let jwt: @Sendable () throws -> [RuleDefinition] = {
      [
        try TestRule.make("t.jwt", "jwt"),
        try TestRule.make("t.inner", "'-.a' set(ab.\\-){1,4}"),
      ]
    }
    let block: @Sendable () throws -> [RuleDefinition] = {
      [
        try TestRule.make("t.block", "'-----BEGIN KEY-----' key-block"),
        try TestRule.make("t.inner", "'---' set(A){1,2}", specificity: .generic),
      ]
    }
    let begin = "-----BEGIN " + "KEY-----"
    let opening = Array((begin + "\n" + body).utf8)
    let tokenOpening = Array((header + "." + body.prefix(12)).utf8)
    return [
      Enumeration(
        "tokens about their opening", words: [header, ".", String(body.prefix(11)), "a", "-"],
        longest: 5, rules: jwt),
      Enumeration(
        "tokens behind their opening", words: ["a", ".", "-", " "], longest: 6, head: tokenOpening,
        cutsFrom: tokenOpening.count - 2, rules: jwt),
      Enumeration(
        "key blocks about their opening",
        words: [
          "\n", String(body.prefix(15)), String(body.suffix(16)), "WEIR_REDACTED", ": ", "\\n",
          begin,
        ],
        longest: 3, head: opening.dropLast(4), rules: block),
      Enumeration(
        "key blocks behind their opening",
        words: ["A", String(body.prefix(15)), "\n", "-", "\\", " ", "-----END KEY-----"],
        longest: 4,
        head: opening, cutsFrom: opening.count - 2, rules: block),
    ]
  }()
}
