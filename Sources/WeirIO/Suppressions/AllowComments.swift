internal import Glibc

/// Comments that let the findings of their line be: `weir:allow`, also with ids of rules behind it, and those of other programs.
public struct AllowComments: Suppressor {
  public let cause = SuppressionCause.comment

  public init() {}

  public func letsBe(_ sighting: Sighting, readings: ArraySlice<[UInt8]>) -> Bool {
    let line = sighting.line
    return Self.anyMark(in: line.before) { $0.allows(sighting) }
      || Self.anyMark(in: line.after) { $0.allows(sighting) }
      || line.previous.map { Self.anyMark(in: $0) { $0.allowsNextLine } } ?? false
  }

  /// Every mark has a colon: what stands before and behind one.
  private static func anyMark(
    in text: ArraySlice<UInt8>, _ isWanted: (AllowMark) -> Bool
  ) -> Bool {
    text.withUnsafeBytes { text in
      var place = 0
      while place < text.count,
        let colon = memchr(text.baseAddress! + place, Int32(UInt8(ascii: ":")), text.count - place)
      {
        let offset = UnsafeRawPointer(colon) - text.baseAddress!
        let mark = AllowMark(
          before: UnsafeRawBufferPointer(rebasing: text[..<offset]),
          behind: UnsafeRawBufferPointer(rebasing: text[(offset + 1)...]))
        if isWanted(mark) { return true }
        place = offset + 1
      }
      return false
    }
  }
}

/// The text around a colon, which may be a mark.
private struct AllowMark {
  let before: UnsafeRawBufferPointer
  let behind: UnsafeRawBufferPointer

  /// It says something of its own line, and of this rule.
  func allows(_ sighting: Sighting) -> Bool {
    if stands("weir", "allow") { return namedRules.map { names(sighting.rule, in: $0) } ?? true }
    return stands("gitleaks", "allow") || stands("trufflehog", "ignore") || isPragma(["secret"])
  }

  var allowsNextLine: Bool { isPragma(["nextline", "secret"]) }

  private func stands(_ first: StaticString, _ second: StaticString) -> Bool {
    endsWith(first) && Self.rest(of: behind, behind: second) != nil
  }

  /// `pragma: allowlist …`
  private func isPragma(_ words: [StaticString]) -> Bool {
    guard endsWith("pragma") else { return false }
    var rest: UnsafeRawBufferPointer? = behind
    for word in ["allowlist"] + words {
      rest = rest.flatMap { Self.rest(of: Self.withoutBlanks($0), behind: word) }
    }
    return rest != nil
  }

  /// The ids behind the mark; nil where none is: what else stands there is prose.
  private var namedRules: [String]? {
    guard var rest = Self.rest(of: behind, behind: "allow") else { return nil }
    var names: [String] = []
    while true {
      rest = Self.withoutBlanks(rest)
      // The dot of a sentence is no part of it.
      var name = rest.prefix { Self.isOfID($0) }
      while name.last == UInt8(ascii: ".") { name = name.dropLast() }
      let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { break }
      names.append(String(decoding: name, as: UTF8.self))
      rest = UnsafeRawBufferPointer(rebasing: rest[name.endIndex...])
    }
    return names.isEmpty ? nil : names
  }

  private func names(_ rule: String, in names: [String]) -> Bool {
    names.contains { $0 == rule || ($0.hasSuffix(".*") && rule.hasPrefix($0.dropLast())) }
  }

  private func endsWith(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    return before.count >= count
      && memcmp(before.baseAddress! + before.count - count, word.utf8Start, count) == 0
      && (before.count == count || !Self.isOfWord(before[before.count - count - 1]))
  }

  /// What follows a word; nil where it does not stand there, or goes on.
  private static func rest(
    of text: UnsafeRawBufferPointer, behind word: StaticString
  ) -> UnsafeRawBufferPointer? {
    let count = word.utf8CodeUnitCount
    guard text.count >= count, memcmp(text.baseAddress!, word.utf8Start, count) == 0,
      text.count == count || !isOfWord(text[count])
    else { return nil }
    return UnsafeRawBufferPointer(rebasing: text[count...])
  }

  private static func withoutBlanks(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: text.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x2C })
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }

  private static func isOfID(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7A, 0x2D, 0x2E, UInt8(ascii: "*"): true
    default: false
    }
  }
}
