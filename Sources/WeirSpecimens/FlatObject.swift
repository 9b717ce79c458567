/// JSON objects of strings, numbers and arrays of strings, of a given length and with given bytes
/// in them.
enum FlatObject {
  private enum State: Int, CaseIterable {
    case begin, beforeName, name, afterName, beforeValue, value, number, afterValue
    case beforeItem, item, afterItem, end

    var isString: Bool { self == .name || self == .value || self == .item }
  }

  private static let letters = Array(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
  private static let free = letters + Array(#"{":,}[] "#.utf8)
  private static let any = Array(0x20...0x7E as ClosedRange<UInt8>) + [0x09, 0x0A, 0x0D]

  /// - Parameter allows: whether a byte may stand at a place.
  /// - Returns: nil when no object has the length and the bytes given.
  static func bytes(
    count: Int, allows: (UInt8, Int) -> Bool, random: inout SplitMix64
  ) -> [UInt8]? {
    let choices = (0..<count).map { place in
      // Where all is free letters are enough.
      let isFree = allows(0x00, place) && allows(0xFF, place)
      return isFree ? free : any.filter { allows($0, place) }
    }
    // From which states an object can still end in time.
    var mayEnd = [[Bool]](
      repeating: [Bool](repeating: false, count: State.allCases.count), count: count + 1)
    mayEnd[count][State.end.rawValue] = true
    for place in (0..<count).reversed() {
      for state in State.allCases {
        mayEnd[place][state.rawValue] = choices[place].contains { byte in
          next(state, byte).map { mayEnd[place + 1][$0.rawValue] } ?? false
        }
      }
    }
    guard mayEnd[0][State.begin.rawValue] else { return nil }
    var state = State.begin
    return (0..<count).map { place in
      let steps = choices[place].compactMap { byte in
        next(state, byte).flatMap { mayEnd[place + 1][$0.rawValue] ? (byte, $0) : nil }
      }
      // Names and values are a dozen letters long, and the last ones as long as is needed.
      let letters = state.isString ? steps.filter { $0.1 == state } : []
      let isLong = !letters.isEmpty && random.below(12) > 0
      let step = random.pick(isLong ? letters : steps)
      state = step.1
      return step.0
    }
  }

  private static func next(_ state: State, _ byte: UInt8) -> State? {
    let isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    let isQuote = byte == UInt8(ascii: "\"")
    let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    if state.isString {
      if isQuote { return state == .name ? .afterName : state == .value ? .afterValue : .afterItem }
      return byte >= 0x20 && byte != UInt8(ascii: "\\") ? state : nil
    }
    switch (state, byte) {
    case (.begin, UInt8(ascii: "{")): return .beforeName
    case (.beforeName, _) where isQuote: return .name
    case (.afterName, UInt8(ascii: ":")): return .beforeValue
    case (.beforeValue, _) where isQuote: return .value
    case (.beforeValue, UInt8(ascii: "[")): return .beforeItem
    case (.beforeValue, _) where isDigit: return .number
    case (.number, _) where isDigit: return .number
    case (.number, UInt8(ascii: ",")), (.afterValue, UInt8(ascii: ",")): return .beforeName
    case (.number, UInt8(ascii: "}")), (.afterValue, UInt8(ascii: "}")): return .end
    case (.beforeItem, _) where isQuote: return .item
    case (.afterItem, UInt8(ascii: ",")): return .beforeItem
    case (.afterItem, UInt8(ascii: "]")): return .afterValue
    default: return isBlank && state != .begin && state != .number && state != .end ? state : nil
    }
  }
}
