internal import WeirCore

/// What stands where a secret stood.
public enum MaskStyle: String, CaseIterable, Sendable {
  /// `WEIR_REDACTED_<rule-id>`, and `_<fingerprint>` with a key.
  case rule
  /// `WEIR_REDACTED`.
  case fixed
  /// As many stars as the secret has bytes.
  case stars
  /// `WEIR_REDACTED_<fingerprint>`; needs a key.
  case hash
}

/// Writes mask texts of bounded length: those of every style but `stars`.
struct MaskWriter {
  static let greatestBytes = 256

  let style: MaskStyle
  let catalogue: Catalogue

  /// - Parameter room: at least `greatestBytes`.
  /// - Returns: how many bytes were written.
  func write(_ finding: Finding, into room: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var text = BoundedText(room: room)
    text.append(MaskText.head)
    if style == .rule {
      text.append(UInt8(ascii: "_"))
      catalogue.withRuleID(finding.rule) { text.append($0) }
    }
    if style != .fixed, let fingerprint = finding.fingerprint {
      text.append(UInt8(ascii: "_"))
      text.append(hexDigitsOf: fingerprint.value)
    }
    return text.count
  }
}

/// Text in memory that somebody else owns; past its end is a trap.
private struct BoundedText {
  let room: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(room: UnsafeMutableBufferPointer<UInt8>) {
    self.room = room
  }

  mutating func append(_ byte: UInt8) {
    precondition(count < room.count)
    room[count] = byte
    count += 1
  }

  mutating func append(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { append(byte) }
  }

  mutating func append(hexDigitsOf value: UInt64) {
    for shift in stride(from: 60, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 15
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
