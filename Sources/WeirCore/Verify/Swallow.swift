/// A match that is decided but not at its end: it follows its tail, and its bytes are hashed and dropped as they come.
final class Swallow {
  private enum Tail {
    case run(classIndex: UInt8, trimsDot: Bool)
    case jwt(dots: Int)
    case keyBlock(KeyBlock)
  }

  private static let mostFurtherDots = 3

  let form: UInt16
  /// How the text is written whose bytes it reads.
  let grid: Grid
  let serial: UInt64
  let secretStart: UInt64
  /// Where the last run of the form begins.
  let runStart: UInt64
  /// One past the last byte that surely belongs to the secret.
  private(set) var acceptedEnd: UInt64
  private(set) var isAtEnd = false
  private var tail: Tail
  private var hashedEnd: UInt64
  private var canonical: CanonicalBytes
  var reading: SecretReading?

  /// What is known of it when it is at its end, and was not when it was decided.
  var check: CheckOutcome? {
    if case .keyBlock(let block) = tail { block.check } else { nil }
  }

  /// What is masked of the text, so far.
  var text: Range<UInt64> { grid.text(of: secretStart..<acceptedEnd) }

  var isOpenRun: Bool {
    if case .run = tail { true } else { false }
  }

  var isKeyBlock: Bool {
    if case .keyBlock = tail { true } else { false }
  }

  init(
    candidate: Candidate, keyBlock: KeyBlock?, record: FormRecord, element: ElementRecord,
    opening end: UInt64, grid: Grid, serial: UInt64, reading: consuming SecretReading?
  ) {
    form = candidate.form
    self.grid = grid
    self.serial = serial
    acceptedEnd = end
    secretStart = candidate.secretStart ?? candidate.start
    runStart = candidate.elementStart
    hashedEnd = secretStart
    canonical = .plain
    switch record.tail {
    case .jwt: tail = .jwt(dots: 0)
    case .keyBlock:
      let block = keyBlock!
      tail = .keyBlock(block)
      hashedEnd = block.bodyStart
      canonical = .keyBody(nil)
    case .openRun, .none, .bip39Phrase, .electrumPhrase, .algorandPhrase, .moneroPhrase,
      .slip39Phrase:
      tail = .run(classIndex: element.classIndex, trimsDot: record.trimsDot)
    }
    self.reading = reading
  }

  /// Follows the tail as far as the bytes go.
  func advance(in view: View, tables: Tables) {
    switch tail {
    case .run(let classIndex, let trimsDot):
      advanceRun(classIndex, trimsDot: trimsDot, in: view, tables: tables)
    case .jwt(let dots): advanceToken(dots: dots, in: view)
    case .keyBlock(var block):
      block.advance(in: view)
      tail = .keyBlock(block)
      acceptedEnd = block.acceptedEnd
      isAtEnd = block.phase == .ended
      hash(to: min(acceptedEnd, block.bodyEnd), in: view)
      return
    }
    hash(to: acceptedEnd, in: view)
  }

  private func hash(to end: UInt64, in view: View) {
    guard reading != nil, end > hashedEnd else { return }
    canonical.update(&reading!, with: view[hashedEnd..<end])
    hashedEnd = end
  }

  private func advanceRun(
    _ classIndex: UInt8, trimsDot: Bool, in view: View, tables: Tables
  ) {
    var end = view.firstOutside(of: classIndex, from: acceptedEnd, to: view.end, tables: tables)
    isAtEnd = end < view.end || view.isFinal
    // A last dot is the sentence's, or will be known by the next byte.
    if trimsDot, end > acceptedEnd, view[end - 1] == UInt8(ascii: ".") { end -= 1 }
    acceptedEnd = end
  }

  private func advanceToken(dots: Int, in view: View) {
    var dots = dots
    while true {
      while acceptedEnd < view.end, Self.isBase64URL(view[acceptedEnd]) { acceptedEnd += 1 }
      guard acceptedEnd < view.end else {
        isAtEnd = view.isFinal
        break
      }
      guard view[acceptedEnd] == UInt8(ascii: "."), dots < Self.mostFurtherDots else {
        isAtEnd = true
        break
      }
      guard acceptedEnd + 1 < view.end else {
        isAtEnd = view.isFinal
        break
      }
      guard Self.isBase64URL(view[acceptedEnd + 1]) else {
        isAtEnd = true
        break
      }
      dots += 1
      acceptedEnd += 1
    }
    tail = .jwt(dots: dots)
  }

  @inline(__always)
  private static func isBase64URL(_ byte: UInt8) -> Bool {
    Edge.isWord(byte) || byte == UInt8(ascii: "-")
  }
}
