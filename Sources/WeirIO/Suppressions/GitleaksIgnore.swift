internal import Glibc
internal import WeirCore

/// The findings that a `.gitleaksignore` names, a line each: `path:rule:line`, or `commit:path:rule:line` for one of a history. The rule is an id or an alias.
public struct GitleaksIgnore: Suppressor {
  public static let name = ".gitleaksignore"
  private static let mostBytes = 16 << 20
  private static let colon = UInt8(ascii: ":")

  private struct Place: Hashable {
    /// In lower-case hex digits; nil for any, and for none.
    var commit: String?
    var path: [UInt8]
    var line: UInt64
  }

  private let here = NamedPlace.here
  /// Of each place the rules that are named there.
  private var places: [Place: Set<String>] = [:]
  /// Lines that name no place, by their numbers from 1.
  public private(set) var oddLines: [Int] = []
  /// Ids of rules, of whichever program.
  public private(set) var rules: Set<String> = []
  public let cause = SuppressionCause.gitleaksIgnore

  public init() {}

  /// Reads a file.
  ///
  /// - Parameter root: the folder that was scanned when it was written: paths may count from there too.
  public mutating func add(_ file: Path, root: Path? = nil) throws(SuppressionError) {
    let bytes = try file.suppressionFile(mostBytes: Self.mostBytes)
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in zip(1..., lines) {
      let text = Self.trimmed(line)
      if text.isEmpty || text.first == UInt8(ascii: "#") { continue }
      guard let (place, rule) = Self.entry(in: text) else {
        oddLines.append(number)
        continue
      }
      rules.insert(rule)
      insert(rule, at: place)
      if let root, place.commit == nil, place.path.first != UInt8(ascii: "/") {
        var below = place
        below.path = root.appending(place.path).bytes
        insert(rule, at: below)
      }
    }
  }

  /// The file of a folder that is scanned; nothing where there is none, or a link.
  public mutating func add(in root: Path) throws(SuppressionError) -> Path? {
    let file = root.appending(Self.name.utf8)
    guard (try? file.kind(isFollowed: false)) == DT_REG else { return nil }
    try add(file, root: root)
    return file
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    guard let last = line.lastIndex(where: { !isBlank($0) }) else { return [] }
    return line[...last].drop(while: isBlank)
  }

  private mutating func insert(_ rule: String, at place: Place) {
    var place = place
    place.path = NamedPlace.name(of: place.path, here: place.commit == nil ? here : [])
    places[place, default: []].insert(rule)
  }

  /// Read from its end, for a path may have colons.
  private static func entry(in text: ArraySlice<UInt8>) -> (place: Place, rule: String)? {
    guard let lineColon = text.lastIndex(of: colon),
      let ruleColon = text[..<lineColon].lastIndex(of: colon),
      let line = UInt64(String(decoding: text[(lineColon + 1)...], as: UTF8.self)), line > 0
    else { return nil }
    let rule = text[(ruleColon + 1)..<lineColon]
    var path = text[..<ruleColon]
    var commit: String?
    if let first = path.firstIndex(of: colon), [40, 64].contains(first - path.startIndex),
      path[..<first].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
    {
      commit = String(decoding: path[..<first], as: UTF8.self).lowercased()
      path = path[(first + 1)...]
    }
    guard !path.isEmpty, !rule.isEmpty else { return nil }
    return (
      Place(commit: commit, path: Array(path), line: line), String(decoding: rule, as: UTF8.self)
    )
  }

  public func letsBe(_ sighting: Sighting, readings: ArraySlice<[UInt8]>) -> Bool {
    var place = Place(commit: nil, path: sighting.place.name, line: sighting.finding.line)
    if names(at: place, ruleOf: sighting) { return true }
    guard let commit = sighting.place.commit else { return false }
    place.commit = commit
    return names(at: place, ruleOf: sighting)
  }

  private func names(at place: Place, ruleOf sighting: Sighting) -> Bool {
    guard let rules = places[place] else { return false }
    return rules.contains(sighting.rule) || sighting.aliases.contains(where: rules.contains)
  }
}
