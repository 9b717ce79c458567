/// Text in memory that somebody else owns; past its end is a trap. Allocates nothing, so that
/// handlers of signals may use it.
package struct BoundedText {
  package let room: UnsafeMutableBufferPointer<UInt8>
  package private(set) var count = 0

  package init(room: UnsafeMutableBufferPointer<UInt8>) {
    self.room = room
  }

  package mutating func append(_ byte: UInt8) {
    precondition(count < room.count)
    room[count] = byte
    count += 1
  }

  package mutating func append(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { append(byte) }
  }

  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, let start = room.baseAddress else { return }
    precondition(bytes.count <= room.count - count)
    UnsafeMutableRawPointer(start + count).copyMemory(from: base, byteCount: bytes.count)
    count += bytes.count
  }

  package mutating func append(_ text: StaticString) {
    append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  package mutating func append(hexDigitsOf value: UInt64) {
    for shift in stride(from: 60, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 15
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  package mutating func append(decimalDigitsOf value: UInt64) {
    var power: UInt64 = 1
    while value / power >= 10 { power *= 10 }
    while power > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / power % 10))
      power /= 10
    }
  }
}
