/// The words with which names of credentials end: `api_key`, `accessToken`, `DB_PASSWORD`.
///
/// They are the only words that Hyperscan looks for on behalf of all context rules: providers' words hit thousands of times a MB and cost two thirds of
/// the speed, a noun with what follows a name hits a few dozen times (`docs/design/0005-names.md`).
package enum Nouns {
  /// In small letters.
  package static let all = [
    "authorization", "bearer", "credential", "credentials", "key", "pass", "passphrase", "passwd",
    "password", "pat", "pwd", "secret", "token",
  ]

  /// A value begins at most so many bytes behind its name: a sign, blanks, quotes, `Bearer`.
  static let reachBytes = 32

  /// What may stand right behind a name.
  static let closing = ByteSet("=:\"'`\\>])%&")
  static let blank = ByteSet(" \t")

  /// How a noun is written: small, in capitals, or with a capital first.
  ///
  /// Three literals cost Hyperscan less than one in any case (`docs/design/0005-names.md`).
  static func spellings(of noun: String) -> [[UInt8]] {
    let small = Array(noun.utf8)
    let capitals = Array(noun.uppercased().utf8)
    return [small, capitals, Array(capitals.prefix(1) + small.dropFirst())]
  }

  /// The ends of names that a noun makes, as signatures: the noun and what closes a name; the noun, a blank, and what may follow one; an option and its blank.
  static func signatures(of noun: String) -> [Signature] {
    spellings(of: noun).flatMap { spelling in
      let word = Signature(literal: spelling)
      return [
        word.followed(by: [closing]),
        word.followed(by: [blank, blank.union(ByteSet("=:"))]),
        Signature(literal: [UInt8(ascii: "-")]).followed(by: word.places + [blank]),
      ]
    }
  }
}
