internal import WeirCore

/// What a pattern of an ignore file says behind its plain beginning, ready to be held against names.
///
/// Git's words: `*` and `?` stand for what is no slash; `**` between slashes, or at an end, for folders; `[…]` for one byte
/// of a set, never a slash; a backslash takes the next byte as it is. Bytes, not characters.
struct Wildcards {
  enum Token {
    case byte(UInt8)
    case set(ByteSet)
    /// `*`: bytes without a slash, or none.
    case run
    /// `**` at the end: any bytes, or none.
    case all
    /// `**/`: folders, or none.
    case folders
  }

  static let slash = UInt8(ascii: "/")
  private static let noSlash = ByteSet(0...255).subtracting(ByteSet("/"))

  private var pattern: ArraySlice<UInt8>
  private(set) var tokens: [Token] = []

  /// - Parameter pattern: without a zero.
  /// - Returns: nil for what nothing can match: a set without an end, a backslash at the end.
  init?(_ pattern: ArraySlice<UInt8>) {
    self.pattern = pattern
    while let byte = self.pattern.popFirst() {
      switch byte {
      case UInt8(ascii: "*"): takeStars(from: pattern)
      case UInt8(ascii: "?"): tokens.append(.set(Self.noSlash))
      case UInt8(ascii: "["):
        guard let set = takeSet() else { return nil }
        tokens.append(.set(set))
      case UInt8(ascii: "\\"):
        guard let byte = self.pattern.popFirst() else { return nil }
        tokens.append(.byte(byte))
      default: tokens.append(.byte(byte))
      }
    }
  }

  /// What follows one star, which is taken.
  private mutating func takeStars(from whole: ArraySlice<UInt8>) {
    let first = pattern.startIndex - 1
    var count = 1
    while pattern.first == UInt8(ascii: "*") {
      pattern.removeFirst()
      count += 1
    }
    let standsFree = first == whole.startIndex || whole[first - 1] == Self.slash
    guard count > 1, standsFree else { return tokens.append(.run) }
    if pattern.isEmpty {
      tokens.append(.all)
    } else if pattern.first == Self.slash {
      pattern.removeFirst()
      tokens.append(.folders)
    } else if pattern.starts(with: Array("\\/".utf8)) {
      // As in git: here a folder there must be.
      tokens.append(.all)
    } else {
      tokens.append(.run)
    }
  }

  /// What stands between the brackets, of which the first is taken.
  private mutating func takeSet() -> ByteSet? {
    var set = ByteSet()
    let isNegated = pattern.first == UInt8(ascii: "!") || pattern.first == UInt8(ascii: "^")
    if isNegated { pattern.removeFirst() }
    /// What a range may begin with.
    var last: UInt8?
    var isFirst = true
    while let byte = pattern.popFirst() {
      if byte == UInt8(ascii: "]"), !isFirst {
        return isNegated ? Self.noSlash.subtracting(set) : set.intersection(Self.noSlash)
      }
      isFirst = false
      if byte == UInt8(ascii: "-"), let low = last, let next = pattern.first,
        next != UInt8(ascii: "]")
      {
        guard let high = takeByte() else { return nil }
        if low <= high { set = set.union(ByteSet(low...high)) }
        last = nil
      } else if byte == UInt8(ascii: "["), let name = Self.className(pattern) {
        guard let named = Self.named[name] else { return nil }
        pattern.removeFirst(name.utf8.count + 3)
        set = set.union(named)
        last = nil
      } else {
        guard let literal = byte == UInt8(ascii: "\\") ? pattern.popFirst() : byte else {
          return nil
        }
        set.insert(literal)
        last = literal
      }
    }
    return nil
  }

  private mutating func takeByte() -> UInt8? {
    guard let byte = pattern.popFirst() else { return nil }
    return byte == UInt8(ascii: "\\") ? pattern.popFirst() : byte
  }

  /// The name in `:name:]`; nil where there is none.
  private static func className(_ rest: ArraySlice<UInt8>) -> String? {
    guard rest.first == UInt8(ascii: ":"),
      let end = rest.firstIndex(of: UInt8(ascii: "]"))
    else { return nil }
    let name = rest[..<end].dropFirst()
    guard name.last == UInt8(ascii: ":") else { return nil }
    return String(decoding: name.dropLast(), as: UTF8.self)
  }

  private static let named: [String: ByteSet] = {
    let digit = ByteSet(0x30...0x39)
    let (upper, lower) = (ByteSet(0x41...0x5A), ByteSet(0x61...0x7A))
    let alpha = upper.union(lower)
    let graph = ByteSet(0x21...0x7E)
    return [
      "alnum": alpha.union(digit), "alpha": alpha, "blank": ByteSet(" \t"),
      "cntrl": ByteSet(0...0x1F).union(ByteSet([0x7F])), "digit": digit, "graph": graph,
      "lower": lower, "print": ByteSet(0x20...0x7E),
      "punct": graph.subtracting(alpha.union(digit)), "space": ByteSet(" \t\n\u{B}\u{C}\r"),
      "upper": upper, "xdigit": digit.union(ByteSet("abcdefABCDEF")),
    ]
  }()
}
