/// The name of a credential that a value is assigned to: `DB_PASSWORD`, `apiKey`, `--token`; read from the bytes before the value.
///
/// What stands between the two is signs, quotes, blanks and a few words such as `value` or a type: `password: str = "`, `key="ApiKey" value="`.
package struct CredentialName: Equatable {
  package let kind: CredentialKind
  /// The name says itself that it is secret: `client_secret`, `api_key`, `access_token`. One that does not (`key`, `token`) can be that of anything.
  package let isExplicit: Bool
  /// The quote right before the value.
  package let quote: UInt8?
  /// A blank stands on both sides of an equals sign, as in programs and seldom in logs and settings.
  package let isSpaced: Bool

  /// So many bytes before a value are looked at.
  package static let lookBehindBytes = 128
  /// A name ends at most so far before its value.
  private static let reachBytes = 40
  private static let mostFillers = 2

  /// - Parameter text: the bytes before the value, at least `lookBehindBytes` of them if there are so many.
  /// - Returns: nil when they are no name of a credential and what may stand between it and a value.
  package init?(before text: UnsafeRawBufferPointer) {
    let quote = text.last.flatMap { Self.isQuote($0) ? $0 : nil }
    var place = text.count
    var fillers = 0
    while true {
      guard let end = Self.gapStart(in: text, before: place), text.count - end <= Self.reachBytes
      else { return nil }
      let start = Self.wordStart(in: text, before: end)
      // Of a longer one the beginning is out of sight.
      guard start > 0 || text.count < Self.lookBehindBytes else { return nil }
      let word = UnsafeRawBufferPointer(rebasing: text[start..<end])
      if let name = Self.reading(of: word) {
        // A name behind stars may be what is left of one that was masked.
        if start > 0, text[start - 1] == UInt8(ascii: "*") { return nil }
        kind = name.kind
        isExplicit = name.isExplicit
        self.quote = quote
        isSpaced = Self.isSpaced(UnsafeRawBufferPointer(rebasing: text[end...]))
        return
      }
      guard fillers < Self.mostFillers, Self.isFiller(word) else { return nil }
      fillers += 1
      place = start
    }
  }

  init?(before start: UInt64, in view: View) {
    let count = min(start - view.start, UInt64(Self.lookBehindBytes))
    self.init(before: view[start - count..<start])
  }

  // MARK: Between the name and the value

  private static func isQuote(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): true
    default: false
    }
  }

  private static func isInGap(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
      UInt8(ascii: "]"), UInt8(ascii: " "), UInt8(ascii: ")"), UInt8(ascii: "%"),
      UInt8(ascii: "&"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "<"),
      UInt8(ascii: "?"), UInt8(ascii: "|"), UInt8(ascii: "/"), 0x09:
      true
    default: isQuote(byte)
    }
  }

  private static func isInName(_ byte: UInt8) -> Bool {
    Edge.isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// Goes back over signs, quotes, blanks and escapes.
  ///
  /// - Returns: where the word before them ends; nil when there is none.
  private static func gapStart(in text: UnsafeRawBufferPointer, before end: Int) -> Int? {
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    let view = View(
      bytes: base, start: 0, end: UInt64(text.count), isFirst: false, isFinal: true)
    var place = end
    while place > 0 {
      let byte = text[place - 1]
      if let escape = Escape(endingAt: UInt64(place), in: view), let value = escape.value,
        escapedGap.contains(value)
      {
        place -= Int(escape.byteCount)
      } else if isInGap(byte) {
        place -= 1
      } else {
        return isInName(byte) && place < end ? place : nil
      }
    }
    return nil
  }

  /// What an escape may stand for between a name and its value.
  private static let escapedGap = ByteSet("=:>\"' \t\n\r")

  private static func wordStart(in text: UnsafeRawBufferPointer, before end: Int) -> Int {
    var place = end
    while place > 0, isInName(text[place - 1]) { place -= 1 }
    return place
  }

  private static func isSpaced(_ gap: UnsafeRawBufferPointer) -> Bool {
    for place in gap.indices.dropFirst().dropLast()
    where gap[place] == UInt8(ascii: "=") && gap[place - 1] == 0x20 && gap[place + 1] == 0x20 {
      return true
    }
    return false
  }

  /// Words that stand between a name and its value: the other attribute's name, a type, a scheme.
  private static func isFiller(_ word: UnsafeRawBufferPointer) -> Bool {
    word.count <= 10 && fillers.contains(ShortWord(word))
  }

  private static let fillers: ShortWordSet = [
    "value", "val", "default", "content", "text", "data", "str", "string", "bytes", "const", "char",
    "varchar", "any", "object", "bearer", "basic", "token", "is",
  ]

  // MARK: The name

  private static func reading(
    of word: UnsafeRawBufferPointer
  ) -> (kind: CredentialKind, isExplicit: Bool)? {
    guard mayEndInNoun(word) else { return nil }
    let parts = NameParts(word)
    guard let noun = nouns.first(where: { parts.last.hasSuffix($0.word) }) else { return nil }
    let glued = parts.last.dropLast(noun.word.count)
    let before = glued.isEmpty ? parts.beforeLast : glued
    // `bypass`, `monkey`, `compass`: a short noun is one by itself, or behind a word that goes with it.
    if !glued.isEmpty, noun.word.count < 5, !isQualifier(glued) { return nil }
    switch noun.kind {
    case .password: return others.contains(before) ? nil : (.password, true)
    case .secret: return secretsOfOthers.contains(before) ? nil : (.secret, !before.isEmpty)
    case .token:
      return tokensOfOthers.contains(before) ? nil : (.token, isQualifier(before))
    case .key:
      return isQualifier(before) ? (.key, true) : parts.isCompound ? nil : (.key, false)
    }
  }

  /// Longest first where one is the end of another.
  private static let nouns: [(word: ShortWord, kind: CredentialKind)] = [
    ("passphrase", .password), ("password", .password), ("passwd", .password), ("pass", .password),
    ("pwd", .password), ("secret", .secret), ("credentials", .secret), ("credential", .secret),
    ("token", .token), ("bearer", .token), ("authorization", .token), ("pat", .token),
    ("key", .key),
  ]

  /// The last letter is that of a noun. Asked first: it refuses most names.
  private static func mayEndInNoun(_ name: UnsafeRawBufferPointer) -> Bool {
    for byte in name.reversed() where byte.isLetterOrDigit {
      switch byte.lowercased {
      case UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "l"), UInt8(ascii: "n"),
        UInt8(ascii: "r"), UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "y"):
        return true
      default: return false
      }
    }
    return false
  }

  private static func isQualifier(_ word: ShortWord) -> Bool {
    qualifiers.contains(word)
      || qualifierEnds.contains { word.count > $0.count && word.hasSuffix($0) }
  }

  /// What stands before `key` and `token` when these are secret.
  private static let qualifiers: ShortWordSet = [
    "api", "secret", "access", "private", "auth", "oauth", "refresh", "encryption", "encrypt",
    "decryption", "signing", "sign", "signature", "master", "account", "storage", "service",
    "shared", "session", "consumer", "client", "app", "application", "admin", "webhook", "deploy",
    "jwt", "crypto", "cipher", "aes", "hmac", "root", "server", "bot", "user", "personal", "id",
    "bearer", "identity", "security", "sas", "integration", "project", "license", "db", "database",
    "my", "mysql", "pg", "postgres", "redis", "smtp", "mail", "ftp", "ssh", "rest", "x", "hash",
    "salt", "device", "registry", "npm", "ci", "repo", "git", "write", "read",
  ]

  /// Of names in one word: `myapi` in `myapikey`.
  private static let qualifierEnds: [ShortWord] = [
    "api", "secret", "access", "private", "auth", "client",
  ]

  /// What stands before `password` when no secret follows.
  private static let others: ShortWordSet = ["forgot", "reset", "no", "without", "show", "hide"]

  /// What stands before `credential` when it is the name of one: `X-Amz-Credential`.
  private static let secretsOfOthers: ShortWordSet = ["amz"]

  /// What stands before `token` when it is none to steal.
  private static let tokensOfOthers: ShortWordSet = [
    "csrf", "xsrf", "next", "page", "pagination", "continuation", "continue", "sync", "cancel",
    "cancellation", "design", "lexer", "parser", "eos", "bos", "pad", "unk", "mask", "special",
    "start", "end", "stop", "max", "num", "prev", "previous", "last", "first", "current",
    "delimiter", "separator", "cursor", "antiforgery", "verification", "nonce", "resume", "request",
    "idempotency", "push", "skip", "authenticity", "word", "string", "line", "new", "unexpected",
    "invalid",
  ]
}

/// The last two parts of a name, in small letters: parted at `_ - .`, and where a capital begins.
struct NameParts {
  private(set) var last = ShortWord()
  private(set) var beforeLast = ShortWord()
  /// It has more than one.
  private(set) var isCompound = false

  init(_ name: UnsafeRawBufferPointer) {
    var end = name.count
    guard let lastPart = Self.part(of: name, before: &end) else { return }
    last = ShortWord(UnsafeRawBufferPointer(rebasing: name[lastPart]))
    guard let partBefore = Self.part(of: name, before: &end) else { return }
    beforeLast = ShortWord(UnsafeRawBufferPointer(rebasing: name[partBefore]))
    isCompound = true
  }

  /// The last part that ends at or before `end`; nil when there is none.
  ///
  /// - Parameter end: behind, where the part begins.
  private static func part(of name: UnsafeRawBufferPointer, before end: inout Int) -> Range<Int>? {
    while end > 0, !name[end - 1].isLetterOrDigit { end -= 1 }
    guard end > 0 else { return nil }
    let last = end
    repeat {
      end -= 1
    } while end > 0 && name[end - 1].isLetterOrDigit && !begins(at: end, in: name)
    return end..<last
  }

  /// A capital behind a small letter, or the last of some before one.
  private static func begins(at place: Int, in name: UnsafeRawBufferPointer) -> Bool {
    guard isCapital(name[place]) else { return false }
    let isFollowedBySmall =
      place + 1 < name.count && name[place + 1] >= 0x61 && name[place + 1] <= 0x7A
    return !isCapital(name[place - 1]) || isFollowedBySmall
  }

  private static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
}
