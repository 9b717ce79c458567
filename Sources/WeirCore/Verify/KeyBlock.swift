/// Reads a key block after its BEGIN line: separators, header lines, body tokens, the END line. Where the form ends in a
/// body byte, as those without a BEGIN line do, there are no header lines.
///
/// It reads every byte once and keeps none. The opening is complete when body tokens of at least
/// `longTokenBytes` sum to `openingBytes`; from then on `acceptedEnd` is the end of what is surely key.
struct KeyBlock: BitwiseCopyable {
  enum Phase { case opening, accepted, ended }

  static let openingBytes = 64
  /// Shorter tokens are words of prose, unless a line's end follows at once.
  static let longTokenBytes = 16
  static let mostPendingBytes: UInt64 = 256
  private static let mostLabelBytes = 64
  private static let endWord = Array("END ".utf8)

  private enum State {
    case separator, escape
    case token, tokenEscape
    case headerName, header, headerEscape
    case dashes, endWord, label, endDashes
  }

  private(set) var phase = Phase.opening
  private(set) var isOpened = false
  /// One past the last byte that surely belongs to the block.
  private(set) var acceptedEnd: UInt64
  /// Where the first body token begins, and where the last one ends: what the fingerprint is made of.
  private(set) var bodyStart: UInt64 = 0
  private(set) var bodyEnd: UInt64 = 0
  /// The form ends in a byte of the body.
  let isContinued: Bool
  private var body = KeyBody()
  /// So many digits of the body stand before `acceptedEnd`.
  private var acceptedDigits = 0
  private let start: UInt64
  private let holdBytes: UInt64
  private var position: UInt64
  private var state = State.separator
  /// The escape that is being read.
  private var escape: EscapeReader?
  private var tokenBytes = 0
  /// The bytes of long tokens.
  private var countedBytes = 0
  /// Dashes, letters of END or bytes of the label seen.
  private var count = 0

  /// - Parameter holdBytes: the opening is complete before so many, or never.
  init(start: UInt64, body: UInt64, holdBytes: Int, in view: View) {
    self.start = start
    self.holdBytes = UInt64(holdBytes)
    isContinued = body > start && Self.isBody(view[body - 1])
    position = body
    acceptedEnd = body
    var first = body
    while first > start, Self.isBody(view[first - 1]) { first -= 1 }
    self.body.take(view[first..<body])
  }

  /// A key is one DER value, and says how long it is. What is none may still be a key: of OpenSSH or OpenPGP, or behind a passphrase.
  var check: CheckOutcome { body.isWhole(ofDigits: acceptedDigits) ? .valid : .none }

  mutating func advance(in view: View) {
    while position < view.end, phase != .ended {
      if phase == .accepted, state == .token, mayTakeBodyAtOnce {
        takeBody(in: view)
        if position == view.end { break }
      }
      if phase == .opening, state == .token, position - start < holdBytes,
        Self.isBody(view[position])
      {
        takeOpening(in: view)
      } else {
        let byte = view[position]
        position += 1
        read(byte)
      }
      if phase == .opening {
        if countedBytes >= Self.openingBytes {
          phase = .accepted
          isOpened = true
          accept(to: position)
          // The decision is due now; what follows is read by the swallow.
          return
        }
        if position - start >= holdBytes { phase = .ended }
      } else if phase == .accepted, position - acceptedEnd > Self.mostPendingBytes {
        phase = .ended
      }
    }
    if view.isFinal, position == view.end, phase != .ended { finish() }
  }

  /// The input ends: what stands unfinished counts.
  private mutating func finish() {
    phase = .ended
    guard isOpened else { return }
    switch state {
    case .token, .tokenEscape: accept(to: max(acceptedEnd, bodyEnd))
    case .dashes, .endWord, .label, .endDashes: accept(to: position)
    default: break
    }
  }

  private mutating func read(_ byte: UInt8) {
    switch state {
    case .separator: readSeparator(byte)
    case .escape: readEscape(byte, isInToken: false)
    case .token: readToken(byte)
    case .tokenEscape: readEscape(byte, isInToken: true)
    case .headerName:
      if byte == UInt8(ascii: ":") {
        state = .header
      } else if !Self.isBody(byte) && byte != UInt8(ascii: "-") {
        phase = .ended
      }
    case .header: readHeader(byte)
    case .headerEscape:
      switch escape?.read(byte) {
      case .more: break
      case .value(let value): state = Self.isLineEnd(value) ? .separator : .header
      case .broken, nil: readHeader(byte)
      }
    case .dashes:
      if byte == UInt8(ascii: "-") {
        count += 1
        if count == 5 { enter(.endWord) }
      } else if count == 1, mayBeHeader, tokenBytes > 0, Self.isBody(byte) {
        state = .headerName
        forgetBody()
      } else {
        phase = .ended
      }
    case .endWord:
      if byte != Self.endWord[count] { phase = .ended }
      count += 1
      if count == Self.endWord.count { enter(.label) }
    case .label:
      count += 1
      if byte == UInt8(ascii: "-") {
        enter(.endDashes)
        count = 1
      } else if !Self.isLabel(byte) || count > Self.mostLabelBytes {
        phase = .ended
      }
    case .endDashes:
      count += 1
      if byte != UInt8(ascii: "-") {
        phase = .ended
      } else if count == 5 {
        if isOpened { accept(to: position) }
        phase = .ended
      }
    }
  }

  private mutating func enter(_ next: State) {
    state = next
    count = 0
  }

  private mutating func readSeparator(_ byte: UInt8) {
    switch byte {
    case _ where Self.isSeparator(byte): break
    case UInt8(ascii: "-"):
      tokenBytes = 0
      state = .dashes
      count = 1
    case _ where Self.isBody(byte): beginToken(byte)
    default: enterEscape(.escape, with: byte)
    }
  }

  /// What is neither body nor an escape's beginning ends the block.
  private mutating func enterEscape(_ next: State, with byte: UInt8) {
    escape = EscapeReader(byte)
    // The first token may begin with an escape.
    if bodyStart == 0 { bodyStart = position - 1 }
    state = next
    if escape == nil { phase = .ended }
  }

  private mutating func readHeader(_ byte: UInt8) {
    escape = EscapeReader(byte)
    state = Self.isLineEnd(byte) ? .separator : escape == nil ? .header : .headerEscape
  }

  private mutating func beginToken(_ byte: UInt8) {
    if bodyStart == 0 { bodyStart = position - 1 }
    state = .token
    tokenBytes = 0
    takeBodyByte(byte)
  }

  /// What was read as body was the name of a header line.
  private mutating func forgetBody() {
    bodyStart = 0
    body = KeyBody()
  }

  /// The block is sure to reach so far, and every digit of the body that was read lies before it.
  private mutating func accept(to end: UInt64) {
    acceptedEnd = end
    acceptedDigits = body.digits
  }

  private mutating func takeBodyByte(_ byte: UInt8) {
    body.take(byte)
    tokenBytes += 1
    bodyEnd = position
    if tokenBytes == Self.longTokenBytes { countedBytes += tokenBytes }
    if tokenBytes > Self.longTokenBytes { countedBytes += 1 }
    if isOpened, tokenBytes >= Self.longTokenBytes { accept(to: position) }
  }

  private mutating func readToken(_ byte: UInt8) {
    if Self.isBody(byte) { return takeBodyByte(byte) }
    switch byte {
    case _ where Self.isSeparator(byte): endToken(atLineEnd: Self.isLineEnd(byte))
    case UInt8(ascii: "-"):
      state = .dashes
      count = 1
    case UInt8(ascii: ":") where mayBeHeader:
      state = .header
      forgetBody()
    default: enterEscape(.tokenEscape, with: byte)
    }
  }

  /// No byte of the token can be the one too many that did not count.
  private var mayTakeBodyAtOnce: Bool {
    position - acceptedEnd + UInt64(Self.longTokenBytes) <= Self.mostPendingBytes
  }

  /// Takes the rest of a token, or what has come of it, as `takeBodyByte` would one by one.
  private mutating func takeBody(in view: View) {
    var end = position
    while end < view.end, Self.isBody(view[end]) { end += 1 }
    body.skip(count: Int(end - position))
    tokenBytes += Int(end - position)
    position = end
    bodyEnd = end
    if tokenBytes >= Self.longTokenBytes { accept(to: end) }
  }

  /// Takes bytes of a token, as `takeBodyByte` would one by one, until the opening is complete, or is none, or the token ends.
  private mutating func takeOpening(in view: View) {
    // A short token does not count, until it is a long one.
    let enough =
      tokenBytes < Self.longTokenBytes
      ? max(Self.longTokenBytes, Self.openingBytes - countedBytes) - tokenBytes
      : Self.openingBytes - countedBytes
    let most = min(UInt64(enough), start + holdBytes - position)
    let limit = min(position + most, view.end)
    let text = view[position..<limit]
    let count = text.firstIndex { !Self.isBody($0) } ?? text.count
    body.take(UnsafeRawBufferPointer(rebasing: text[..<count]))
    if tokenBytes + count >= Self.longTokenBytes {
      countedBytes += count + (tokenBytes < Self.longTokenBytes ? tokenBytes : 0)
    }
    tokenBytes += count
    position += UInt64(count)
    bodyEnd = position
  }

  /// Header lines stand before any body.
  private var mayBeHeader: Bool { !isContinued && !isOpened && countedBytes == 0 }

  private mutating func endToken(atLineEnd: Bool) {
    if atLineEnd, isOpened { accept(to: max(acceptedEnd, bodyEnd)) }
    state = .separator
  }

  private mutating func readEscape(_ byte: UInt8, isInToken: Bool) {
    switch escape?.read(byte) {
    case .more: break
    case .value(let value) where Self.isSeparator(value):
      // It began nothing.
      if bodyStart >= bodyEnd { bodyStart = 0 }
      isInToken ? endToken(atLineEnd: Self.isLineEnd(value)) : (state = .separator)
    case .value(let value) where Self.isBody(value):
      state = .token
      isInToken ? takeBodyByte(value) : beginToken(value)
    default: phase = .ended
    }
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// A line's end, a blank, tab, quote or comma.
  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte.isAmong(low: 0x0000_1085_0000_2600, high: 0)
  }

  /// One of `A-Za-z0-9+/=`.
  @inline(__always)
  static func isBody(_ byte: UInt8) -> Bool {
    byte.isAmong(low: 0x23FF880000000000, high: 0x07FFFFFE07FFFFFE)
  }

  private static func isLabel(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x30...0x39, 0x41...0x5A: true
    default: false
    }
  }
}
