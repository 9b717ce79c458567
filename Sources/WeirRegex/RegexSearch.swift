internal import Hyperscan
internal import WeirCore

/// Searches lines for the rules that are asked for, on one thread.
final class RegexSearch: LineSearch {
  private let all: RegexRules
  private let isAsked: [Bool]
  private let scratch: Scratch
  private let hits: MatchBuffer
  private let matcher: Matcher
  /// Run on every line.
  private let unconditional: [Int]
  /// Of each rule whether the line holds a keyword of it.
  private var hasKeyword: [Bool]
  private var candidates: [Int] = []
  private(set) var matches: [LineMatch] = []
  private var places: PlaceAnswers

  var place: InputPlace? {
    didSet {
      guard all.askPlaces, place != oldValue else { return }
      places = PlaceAnswers(of: place, all.rules, matcher)
    }
  }

  init(_ all: RegexRules, isAsked: [Bool]) throws(ScanError) {
    self.all = all
    self.isAsked = isAsked
    do { scratch = try Scratch(for: all.database) } catch { throw .hyperscan(error) }
    hits = MatchBuffer(capacity: all.signatures.count)
    guard let matcher = Matcher(mostGroups: all.mostGroups) else {
      throw .hyperscan(.outOfMemory)
    }
    self.matcher = matcher
    unconditional = all.rules.indices.filter {
      isAsked[$0] && !all.rules[$0].isPrefiltered && all.rules[$0].keywords.isEmpty
    }
    hasKeyword = Array(repeating: false, count: all.rules.count)
    places = PlaceAnswers(of: nil, all.rules, matcher)
  }

  func search(_ window: LineWindow) throws(ScanError) -> Bool {
    if !matches.isEmpty { matches.removeAll(keepingCapacity: true) }
    let isComplete: Bool
    do {
      isComplete = try all.database.scan(window.bytes, scratch: scratch, into: hits)
    } catch { throw .hyperscan(error) }
    // Each expression says so once, so there is room for all.
    precondition(isComplete)
    if hits.count == 0, unconditional.isEmpty { return false }
    collectCandidates()
    for rule in candidates { run(rule, in: window) }
    return !matches.isEmpty
  }

  /// The rules that may match, in their order.
  private func collectCandidates() {
    candidates.removeAll(keepingCapacity: true)
    candidates += unconditional
    for index in 0..<hits.count {
      switch all.signatures[Int(hits[index].signature)] {
      case .expression(let rule):
        if isAsked[rule] { candidates.append(rule) }
      case .keyword(let rule):
        // One of several keywords is enough.
        if !hasKeyword[rule], isAsked[rule], !all.rules[rule].isPrefiltered {
          candidates.append(rule)
        }
        hasKeyword[rule] = true
      case .ballast: break
      }
    }
    candidates.removeAll { !all.rules[$0].keywords.isEmpty && !hasKeyword[$0] }
    candidates.sort()
    for index in 0..<hits.count {
      if case .keyword(let rule) = all.signatures[Int(hits[index].signature)] {
        hasKeyword[rule] = false
      }
    }
  }

  /// Every match of a rule, each behind the last.
  private func run(_ place: Int, in window: LineWindow) {
    let rule = all.rules[place]
    if places.isLeftOut(place) { return }
    var start = 0
    while start <= window.bytes.count {
      switch matcher.find(
        rule.pattern, in: window.bytes, from: start, isLineStart: window.isLineStart,
        isLineEnd: window.isLineEnd)
      {
      case .no: return
      case .overLimit:
        matches.append(
          LineMatch(rule: rule.index, secret: 0..<window.bytes.count, isUnjudged: true))
        return
      case .yes: break
      }
      guard let match = matcher.range(of: 0) else { return }
      let secret = secret(of: rule, in: match)
      start = max(match.upperBound, start)
      if match.isEmpty { start = next(behind: start, in: window.bytes, of: rule.pattern) }
      guard !secret.isEmpty else { continue }
      let bytes = UnsafeRawBufferPointer(rebasing: window.bytes[secret])
      if let least = rule.leastEntropy, Entropy.bitsPerByte(of: bytes) <= least { continue }
      if isAllowed(place, secret: secret, match: match, in: window.bytes) { continue }
      matches.append(LineMatch(rule: rule.index, secret: secret))
    }
  }

  /// An expression that sees characters begins at one.
  private func next(
    behind offset: Int, in bytes: UnsafeRawBufferPointer, of pattern: Pattern
  ) -> Int {
    var offset = offset + 1
    guard pattern.isOfCharacters else { return offset }
    while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    return offset
  }

  private func secret(of rule: RegexRule, in match: Range<Int>) -> Range<Int> {
    switch rule.secretGroup {
    case .group(let group): return matcher.range(of: group) ?? 0..<0
    case .firstFilled:
      for group in 0..<rule.pattern.groupCount {
        if let range = matcher.range(of: group + 1), !range.isEmpty { return range }
      }
      return match
    }
  }

  private func isAllowed(
    _ place: Int, secret: Range<Int>, match: Range<Int>, in line: UnsafeRawBufferPointer
  ) -> Bool {
    let allowances = all.rules[place].allowances
    return allowances.indices.contains { number in
      let allowance = allowances[number]
      var answers = places.answers(place, number)
      let secretBytes = UnsafeRawBufferPointer(rebasing: line[secret])
      if !allowance.regexes.isEmpty {
        let target =
          switch allowance.target {
          case .secret: secretBytes
          case .match: UnsafeRawBufferPointer(rebasing: line[match])
          case .line: line
          }
        answers.append(allowance.regexes.contains { matcher.find($0, in: target) == .yes })
      }
      if !allowance.stopwords.isEmpty {
        answers.append(allowance.stopwords.contains { $0.isIn(secretBytes) })
      }
      return allowance.needsAll ? !answers.contains(false) : answers.contains(true)
    }
  }
}

/// What the place of an input answers to the rules that ask for it.
private struct PlaceAnswers {
  private let leftOut: [Bool]
  /// Of each rule and allowance what its paths and commits say.
  private let answers: [[[Bool]]]

  init(of place: InputPlace?, _ rules: [RegexRule], _ matcher: Matcher) {
    // `^src/` means the same when the directory is scanned by its name and as `.`.
    let path = place.map { $0.path.starts(with: "./".utf8) ? $0.path.dropFirst(2) : $0.path[...] }
    func matches(_ pattern: Pattern) -> Bool {
      guard let path else { return false }
      return path.withUnsafeBytes { matcher.find(pattern, in: $0) == .yes }
    }
    leftOut = rules.map { rule in
      guard place != nil, let path = rule.path else { return false }
      return !matches(path)
    }
    answers = rules.map { rule in
      rule.allowances.map { allowance in
        var answers: [Bool] = []
        if !allowance.paths.isEmpty { answers.append(allowance.paths.contains(where: matches)) }
        if !allowance.commits.isEmpty {
          answers.append(place?.commit.map(allowance.commits.contains) ?? false)
        }
        return answers
      }
    }
  }

  /// It is not for inputs of this place.
  func isLeftOut(_ rule: Int) -> Bool { leftOut[rule] }

  func answers(_ rule: Int, _ allowance: Int) -> [Bool] { answers[rule][allowance] }
}

extension [UInt8] {
  /// These small letters stand in the text, in any case.
  fileprivate func isIn(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard count <= bytes.count else { return false }
    return (0...bytes.count - count).contains { start in
      indices.allSatisfy { bytes[start + $0].lowercased == self[$0] }
    }
  }
}
