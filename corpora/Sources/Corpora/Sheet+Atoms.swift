internal import WeirSpecimens

// What all texts consist of: words, numbers, digests, times. Bytes are appended one by one or copied, and no string is made: this is the hot path.
extension Sheet {
  private static let hexDigits = Array("0123456789abcdef".utf8)
  private static let base64Digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  mutating func add(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  mutating func line() { bytes.append(0x0A) }

  mutating func below(_ bound: Int) -> Int { random.below(bound) }

  /// True once in so many times.
  mutating func isOne(in count: Int) -> Bool { random.below(count) == 0 }

  mutating func pick(_ table: WordTable) {
    table.append(random.below(table.count), to: &bytes)
  }

  // MARK: Numbers

  mutating func number(_ value: Int) {
    if value >= 10 { number(value / 10) }
    bytes.append(0x30 + UInt8(value % 10))
  }

  mutating func number(_ low: Int, _ high: Int) { number(low + random.below(high - low + 1)) }

  /// With zeros before it.
  mutating func number(_ value: Int, width: Int) {
    if width > 1 { number(value / 10, width: width - 1) }
    bytes.append(0x30 + UInt8(value % 10))
  }

  mutating func hex(_ count: Int) { dice(count, of: Self.hexDigits, bits: 4) }
  mutating func base64(_ count: Int) { dice(count, of: Self.base64Digits, bits: 6) }

  /// `name = self.other_name(17)`
  mutating func memberCall() {
    name()
    add(" = self.")
    name()
    byte(0x28)
    number(0, 9999)
    byte(0x29)
  }

  /// So many digits, of so many bits each; one number of 64 bits serves as many as it has.
  @inline(__always)
  private mutating func dice(_ count: Int, of digits: [UInt8], bits digitBits: Int) {
    let most = 64 / digitBits
    var rest = count
    while rest > 0 {
      var bits = random.next()
      for _ in 0..<min(rest, most) {
        bytes.append(digits[Int(bits & (1 << UInt64(digitBits) - 1))])
        bits >>= UInt64(digitBits)
      }
      rest -= most
    }
  }

  mutating func uuid() {
    hex(8)
    byte(0x2D)
    hex(4)
    add("-4")
    hex(3)
    byte(0x2D)
    byte(Self.hexDigits[8 + random.below(4)])
    hex(3)
    byte(0x2D)
    hex(12)
  }

  /// `10.12.3.4`
  mutating func address() {
    add("10.")
    number(0, 31)
    byte(0x2E)
    number(0, 255)
    byte(0x2E)
    number(1, 254)
  }

  mutating func version() {
    number(0, 19)
    byte(0x2E)
    number(0, 40)
    byte(0x2E)
    number(0, 30)
  }

  // MARK: Words

  mutating func word() { pick(Vocabulary.common) }

  mutating func words(_ low: Int, _ high: Int) {
    let count = low + random.below(high - low + 1)
    for index in 0..<count {
      if index > 0 { byte(0x20) }
      word()
    }
  }

  /// `user_cache_count`
  mutating func name() {
    pick(Vocabulary.things)
    byte(0x5F)
    if isOne(in: 2) {
      pick(Vocabulary.things)
      byte(0x5F)
    }
    pick(Vocabulary.endings)
  }

  /// `OrderCacheHandler`
  mutating func className() {
    pick(Vocabulary.parts)
    pick(Vocabulary.parts)
    pick(Vocabulary.roles)
  }

  /// `/api/v2/orders/48213/items`
  mutating func path() {
    add("/api/v")
    number(1, 3)
    byte(0x2F)
    pick(Vocabulary.services)
    byte(0x2F)
    switch below(3) {
    case 0: number(1, 9_999_999)
    case 1: uuid()
    default:
      pick(Vocabulary.things)
      byte(0x2F)
      number(1, 999_999)
    }
  }

  // MARK: Times

  /// Some time passes: up to so many microseconds.
  mutating func pass(_ most: Int = 90_000) { clock.goOn(UInt64(1 + random.below(most))) }

  mutating func date() {
    number(clock.year, width: 4)
    byte(0x2D)
    number(clock.month, width: 2)
    byte(0x2D)
    number(clock.day, width: 2)
  }

  mutating func time() {
    number(clock.hour, width: 2)
    byte(0x3A)
    number(clock.minute, width: 2)
    byte(0x3A)
    number(clock.second, width: 2)
  }

  /// `2026-11-21T02:45:00.123456Z`
  mutating func instant() {
    date()
    byte(0x54)
    time()
    byte(0x2E)
    number(clock.fraction, width: 6)
    byte(0x5A)
  }

  /// `Nov 21 02:45:00`
  mutating func syslogTime() {
    Vocabulary.months.append(clock.month - 1, to: &bytes)
    byte(0x20)
    if clock.day < 10 { byte(0x20) }
    number(clock.day)
    byte(0x20)
    time()
  }

  /// `21/Nov/2026:02:45:00 +0000`
  mutating func accessTime() {
    number(clock.day, width: 2)
    byte(0x2F)
    Vocabulary.months.append(clock.month - 1, to: &bytes)
    byte(0x2F)
    number(clock.year, width: 4)
    byte(0x3A)
    time()
    add(" +0000")
  }
}
