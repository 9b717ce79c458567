internal import CSieve

/// Tells what stands for a secret from what is one. Nothing a generator of keys would ever make is a placeholder:
/// each test below, save that of paths, is met by a random key of 20 characters with less than one chance in ten million.
package enum Placeholder {
  /// A repeated byte or an ascending run of so many bytes, and of a third of the secret.
  private static let fewestPatternBytes = 8
  private static let fewestDistinctBytes = 4
  private static let mostWordBytes = 8
  private static let mostNameBytes = 64
  private static let mostPathBytes = 256
  private static let fewestPathSlashes = 3
  /// The first 24 characters of the payload of the token that documents JWTs everywhere.
  private static let sampleTokenPayload = Array("eyJzdWIiOiIxMjM0NTY3ODkw".utf8)

  /// - Parameters:
  ///   - secret: the secret, or of a long one its first 4,096 bytes.
  ///   - prefixBytes: the length of the literal it begins with.
  package static func stands(for secret: UnsafeRawBufferPointer, prefixBytes: Int) -> Bool {
    let body = UnsafeRawBufferPointer(rebasing: secret.dropFirst(prefixBytes))
    guard !body.isEmpty else { return true }
    let signs = Signs(of: body)
    return isPattern(body, signs) || isReference(body) || isWord(body, signs) || isPath(body, signs)
  }

  /// What one look at all bytes says: nearly every secret is told by it to be no pattern, no path, and to have none of the parts below.
  private struct Signs {
    /// So many neighbours in a row belong together in each pattern that is long enough.
    private static let rowPairs = fewestPatternBytes - 1
    private static let stepBytes = Int(SIGNS_BYTES) - rowPairs

    private(set) var hasPart = false
    private(set) var mayHaveRow = false
    private(set) var mayBePath = false

    init(of body: UnsafeRawBufferPointer) {
      guard let bytes = body.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      var slashes = 0
      // Each look begins with the end of the last: no row lies between them.
      for first in stride(from: 0, to: body.count, by: Self.stepBytes) {
        let signs = signs_in(bytes + first, body.count - first)
        slashes += signs.slashes.nonzeroBitCount
        mayHaveRow = mayHaveRow || Self.hasRow(signs.rows, of: body.count)
        var parts = signs.parts
        while parts != 0 {
          if holdsPart(body, at: first + parts.trailingZeroBitCount) { hasPart = true }
          parts &= parts - 1
        }
      }
      mayBePath = slashes >= fewestPathSlashes
    }

    /// Of a short secret a pattern is the whole.
    private static func hasRow(_ rows: UInt64, of count: Int) -> Bool {
      if count <= rowPairs { return rows == 1 << UInt64(count - 1) - 1 }
      let twos = rows & rows >> 1
      let fours = twos & twos >> 2
      return fours & fours >> 3 != 0
    }
  }

  /// The payload of a JWT is that of the documented sample.
  package static func isSampleToken(payload: UnsafeRawBufferPointer) -> Bool {
    payload.starts(with: sampleTokenPayload)
  }

  /// Few different bytes: `xxxx…`, `0000-0000`.
  package static func isMonotonous(_ body: UnsafeRawBufferPointer) -> Bool {
    let enough = body.count < fewestPatternBytes ? 2 : fewestDistinctBytes
    var distinct = 0
    var seen: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for byte in body {
      let bit = 1 << UInt64(byte & 63) as UInt64
      let old: UInt64
      switch byte >> 6 {
      case 0: (old, seen.0) = (seen.0, seen.0 | bit)
      case 1: (old, seen.1) = (seen.1, seen.1 | bit)
      case 2: (old, seen.2) = (seen.2, seen.2 | bit)
      default: (old, seen.3) = (seen.3, seen.3 | bit)
      }
      if old & bit == 0 {
        distinct += 1
        if distinct == enough { return false }
      }
    }
    return true
  }

  private static func isPattern(_ body: UnsafeRawBufferPointer, _ signs: Signs) -> Bool {
    if isMonotonous(body) { return true }
    guard body.count > 2, signs.mayHaveRow else { return false }
    let enough = max(fewestPatternBytes, (body.count + 2) / 3)
    // A run of eight bytes holds a pair that begins at a multiple of seven.
    let step = body.count < fewestPatternBytes ? 1 : fewestPatternBytes - 1
    for index in stride(from: 0, to: body.count - 1, by: step) {
      let length = max(
        runLength(around: index, of: body) { $0 == $1 },
        runLength(around: index, of: body) { follows($0, $1) })
      if length >= enough || length == body.count { return true }
    }
    return false
  }

  /// The length of the longest run around the pair at `index` in which each byte is related to the one before.
  @inline(__always)
  private static func runLength(
    around index: Int, of body: UnsafeRawBufferPointer, by isRelated: (UInt8, UInt8) -> Bool
  ) -> Int {
    guard isRelated(body[index + 1], body[index]) else { return 1 }
    var first = index
    while first > 0, isRelated(body[first], body[first - 1]) { first -= 1 }
    var last = index + 1
    while last + 1 < body.count, isRelated(body[last + 1], body[last]) { last += 1 }
    return last - first + 1
  }

  /// `b` comes after `a` in a row such as `1234567890abcdef…`.
  @inline(__always)
  private static func follows(_ b: UInt8, _ a: UInt8) -> Bool {
    if b == a &+ 1 { return Edge.isWord(a) && Edge.isWord(b) }
    switch a {
    case UInt8(ascii: "9"): return b == UInt8(ascii: "0") || b | 0x20 == UInt8(ascii: "a")
    case UInt8(ascii: "0"): return b | 0x20 == UInt8(ascii: "a")
    case UInt8(ascii: "z"), UInt8(ascii: "Z"):
      return b == UInt8(ascii: "0") || b | 0x20 == UInt8(ascii: "a")
    default: return false
    }
  }

  /// `$NAME`, `${NAME}`, `$(…)`, `%NAME%`, `{{name}}`, `<your-key>`, `[key]`.
  private static func isReference(_ body: UnsafeRawBufferPointer) -> Bool {
    let last = body[body.count - 1]
    switch body[0] {
    case UInt8(ascii: "$"):
      if body.count > 2, body[1] == UInt8(ascii: "{") || body[1] == UInt8(ascii: "(") {
        return true
      }
      return body.count > 1
        && body.dropFirst().allSatisfy { Edge.isWord($0) && $0.lowercased == $0 }
        || body.count > 1 && body.dropFirst().allSatisfy(isUpperName)
    case UInt8(ascii: "%"):
      return body.count > 2 && last == UInt8(ascii: "%")
        && body.dropFirst().dropLast().allSatisfy(isUpperName)
    case UInt8(ascii: "<"): return last == UInt8(ascii: ">")
    case UInt8(ascii: "["): return last == UInt8(ascii: "]")
    case UInt8(ascii: "{"): return last == UInt8(ascii: "}")
    default: return false
    }
  }

  private static func isUpperName(_ byte: UInt8) -> Bool {
    byte == 0x5F || byte >= 0x41 && byte <= 0x5A || byte >= 0x30 && byte <= 0x39
  }

  /// `/mnt/data/current/subdir3/blk`: of an alphabet that has a slash. Of random base64 of 40 bytes it is met by less than one in 100,000.
  private static func isPath(_ body: UnsafeRawBufferPointer, _ signs: Signs) -> Bool {
    guard signs.mayBePath, body.count <= mostPathBytes,
      body.count(where: { $0 == UInt8(ascii: "/") }) >= fewestPathSlashes
    else { return false }
    return WordPairs.areMost(of: body, fewestPairs: 8)
  }

  private static func isWord(_ body: UnsafeRawBufferPointer, _ signs: Signs) -> Bool {
    if body.count <= mostWordBytes, isPasswordWord(body) { return true }
    // Behind a token that is the user of a URL: `https://<token>:x-oauth-basic@…`.
    if equals("x-oauth-basic", body) { return true }
    if body.count > 5, body[4] == 0x2D || body[4] == 0x5F, holds("your", at: 0, of: body) {
      return true
    }
    return signs.hasPart || saysWhatItIs(body)
  }

  /// Words of which the last says what should stand there: `AppSecret`, `SENTRY_API_KEY`, `new-password`, `access-token-1`.
  private static func saysWhatItIs(_ body: UnsafeRawBufferPointer) -> Bool {
    var end = body.count
    while end > 0, !WordPairs.isLetter(body[end - 1]) { end -= 1 }
    guard end > 3, end < mostNameBytes, body.count - end < 5 else { return false }
    // Asked first: it refuses nearly all.
    let last = (end - 3..<end).reduce(0) { $0 << 8 | UInt32(body[$1].lowercased) }
    guard isNounEnd(last) else { return false }
    let words = UnsafeRawBufferPointer(rebasing: body[..<end])
    guard words.allSatisfy({ WordPairs.isLetter($0) || isLine($0) }),
      body[end...].allSatisfy({ isLine($0) || $0 >= 0x30 && $0 <= 0x39 })
    else { return false }
    let parts = NameParts(words)
    guard parts.isCompound else { return false }
    return nouns.contains(parts.last) || parts.last == "key" && keys.contains(parts.beforeLast)
  }

  private static func isLine(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  private static let nouns: ShortWordSet = [
    "password", "passwd", "passphrase", "secret", "token", "credential", "credentials", "apikey",
  ]

  /// They are the last three letters of a noun, or of `key`: `ord`, `swd`, `ase`, `ret`, `ken`, `ial`, `als`, `key`.
  private static func isNounEnd(_ letters: UInt32) -> Bool {
    switch letters {
    case 0x6F_72_64, 0x73_77_64, 0x61_73_65, 0x72_65_74, 0x6B_65_6E, 0x69_61_6C, 0x61_6C_73,
      0x6B_65_79:
      true
    default: false
    }
  }

  private static let keys: ShortWordSet = [
    "api", "access", "secret", "private", "master", "auth", "encryption", "client", "signing",
    "service", "account", "license",
  ]

  /// It is what people write for a password, in any case.
  private static func isPasswordWord(_ body: UnsafeRawBufferPointer) -> Bool {
    equals("pass", body) || equals("passwd", body) || equals("password", body)
      || equals("pwd", body) || equals("secret", body) || equals("token", body)
      || equals("key", body) || equals("test", body)
  }

  private static func equals(_ word: StaticString, _ body: UnsafeRawBufferPointer) -> Bool {
    body.count == word.utf8CodeUnitCount && holds(word, at: 0, of: body)
  }

  /// A part that no key has by chance stands at `index`, in any case; `ex`, `pl`, `ch` or `re` does.
  @inline(never)
  private static func holdsPart(_ body: UnsafeRawBufferPointer, at index: Int) -> Bool {
    holds("example", at: index, of: body) || holds("placeholder", at: index, of: body)
      || holds("changeme", at: index, of: body) || holds("redacted", at: index, of: body)
  }

  /// The lower-case `part` stands at `index`, in any case.
  private static func holds(
    _ part: StaticString, at index: Int, of body: UnsafeRawBufferPointer
  ) -> Bool {
    let count = part.utf8CodeUnitCount
    guard index + count <= body.count else { return false }
    for offset in 0..<count where body[index + offset].lowercased != part.utf8Start[offset] {
      return false
    }
    return true
  }
}
