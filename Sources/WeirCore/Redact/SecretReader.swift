/// Makes something of a secret beside its fingerprint, such as a digest to know it by again.
///
/// Gets the canonical bytes, as the fingerprint does: in their order, those of a long secret in pieces as they pass. They are lent for the time of a
/// call; who keeps any of them wipes them.
public protocol SecretReader: AnyObject {
  func read(_ bytes: UnsafeRawBufferPointer)

  /// What it made. To be called once, behind the last byte.
  func finish() -> [UInt8]
}

/// A reader for one secret. Called on the thread that found it.
public typealias SecretReaderMaker = @Sendable () -> any SecretReader

/// A secret on its way to all that is made of it.
struct SecretReading: ~Copyable {
  /// What was made.
  struct Result {
    var fingerprint: Fingerprint?
    /// In the order of the policy's readers.
    var readings: [[UInt8]]
  }

  private var fingerprint: FingerprintState?
  private let readers: [any SecretReader]

  /// - Returns: nil when nobody asks for anything.
  init?(_ policy: Policy) {
    guard policy.readsSecrets else { return nil }
    fingerprint = policy.key.map(FingerprintState.init)
    readers = policy.readers.map { $0() }
  }

  mutating func update(with bytes: UnsafeRawBufferPointer) {
    fingerprint?.update(with: bytes)
    for reader in readers { reader.read(bytes) }
  }

  mutating func finish() -> Result {
    Result(fingerprint: fingerprint?.finish(), readings: readers.map { $0.finish() })
  }
}
