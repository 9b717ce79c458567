internal import WeirCore

/// The proof that every byte was looked at: sums that were counted at different places and must
/// agree.
///
/// `read` where the system gave bytes, `scanned` where Hyperscan got them, `clean` and `masked`
/// where it was decided, `written` where the
/// system took bytes, mask text where masks were made.
public struct Receipt: Equatable, Sendable {
  /// Of a stream that was written out; `scan` has none.
  public struct Output: Equatable, Sendable {
    public var writtenBytes: UInt64
    public var maskTextBytes: UInt64

    public init(writtenBytes: UInt64, maskTextBytes: UInt64) {
      self.writtenBytes = writtenBytes
      self.maskTextBytes = maskTextBytes
    }
  }

  public var readBytes: UInt64
  public var scannedBytes: UInt64
  public var cleanBytes: UInt64
  public var maskedBytes: UInt64
  /// Taken in, but neither written nor masked: after a signal, or a failed read or write.
  public var withheldBytes: UInt64
  public var output: Output?

  public init(
    readBytes: UInt64 = 0, scannedBytes: UInt64 = 0, cleanBytes: UInt64 = 0,
    maskedBytes: UInt64 = 0, withheldBytes: UInt64 = 0, output: Output? = nil
  ) {
    self.readBytes = readBytes
    self.scannedBytes = scannedBytes
    self.cleanBytes = cleanBytes
    self.maskedBytes = maskedBytes
    self.withheldBytes = withheldBytes
    self.output = output
  }

  /// Adds the receipt of one more input.
  public mutating func add(_ other: Receipt) {
    readBytes += other.readBytes
    scannedBytes += other.scannedBytes
    cleanBytes += other.cleanBytes
    maskedBytes += other.maskedBytes
    withheldBytes += other.withheldBytes
    guard let added = other.output else { return }
    output = Output(
      writtenBytes: (output?.writtenBytes ?? 0) + added.writtenBytes,
      maskTextBytes: (output?.maskTextBytes ?? 0) + added.maskTextBytes)
  }

  /// Compares the sums.
  public func verify() throws(ReceiptError) {
    guard readBytes == scannedBytes else { throw .notAllScanned(self) }
    // Wrapping: a sum that is wrong may be wrong by more than fits, and must not trap.
    guard scannedBytes == cleanBytes &+ maskedBytes &+ withheldBytes else {
      throw .notAllDecided(self)
    }
    guard let output else { return }
    guard output.writtenBytes == cleanBytes &+ output.maskTextBytes else {
      throw .notAllWritten(self)
    }
  }
}

extension Receipt: CustomStringConvertible {
  /// Seven sums of up to 20 digits, and the words between.
  static let greatestTextBytes = 256

  /// One line, as `--receipt` prints it.
  public var description: String {
    String(unsafeUninitializedCapacity: Self.greatestTextBytes) { room in
      var text = BoundedText(room: room)
      write(to: &text)
      return text.count
    }
  }

  /// Allocates nothing: SIGUSR1's handler writes it.
  func write(to text: inout BoundedText) {
    func append(_ words: StaticString, _ sum: UInt64) {
      text.append(words)
      text.append(decimalDigitsOf: sum)
    }
    append("read ", readBytes)
    append(" = scanned ", scannedBytes)
    append(" = clean ", cleanBytes)
    append(" + masked ", maskedBytes)
    append(" + withheld ", withheldBytes)
    guard let output else { return }
    append("; written ", output.writtenBytes)
    append(" = clean ", cleanBytes)
    append(" + mask text ", output.maskTextBytes)
  }
}

/// Sums of a receipt that differ: bytes were lost or made up, and no result may be trusted.
public enum ReceiptError: Error, Equatable, Sendable, CustomStringConvertible {
  case notAllScanned(Receipt)
  case notAllDecided(Receipt)
  case notAllWritten(Receipt)

  public var description: String {
    let (sums, receipt) =
      switch self {
      case .notAllScanned(let receipt): ("read and scanned", receipt)
      case .notAllDecided(let receipt): ("scanned and decided", receipt)
      case .notAllWritten(let receipt): ("written and decided", receipt)
      }
    return
      "the receipt's sums of bytes \(sums) differ (\(receipt)); do not use the output, report this"
  }
}
