public import WeirCore

/// Masks messages one after the other, each an input of its own.
public struct MaskedMessages: ~Copyable {
  private var scanner: RecordScanner
  private var text: MessageText
  public private(set) var messageCount: UInt64 = 0
  public private(set) var findingCount: UInt64 = 0

  public init(catalogue: Catalogue, policy: Policy, mask style: MaskStyle) throws(ScanError) {
    scanner = try RecordScanner(catalogue: catalogue, policy: policy)
    text = MessageText(mask: MaskWriter(style: style, catalogue: catalogue))
  }

  /// Masks one message.
  ///
  /// - Returns: nil when it holds no secret; else the masked one, valid until the next call.
  public mutating func masked(
    _ message: UnsafeRawBufferPointer
  ) throws(ScanError) -> UnsafeRawBufferPointer? {
    text.removeAll()
    try scanner.scan(message, into: &text)
    messageCount += 1
    findingCount += text.findingCount
    return text.findingCount == 0 ? nil : text.bytes
  }
}
