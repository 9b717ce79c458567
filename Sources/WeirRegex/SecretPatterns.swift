public import WeirCore

/// Expressions that are held against a whole secret, in lists of which one expression is enough.
///
/// A secret of more than `mostBytes` matches nothing: no more of one is kept than that.
public struct SecretPatterns: Sendable {
  public static let mostBytes = 4096

  fileprivate let lists: [[Pattern]]
  fileprivate let mostGroups: Int

  public init(_ lists: [[Pattern]]) {
    self.lists = lists
    mostGroups = lists.joined().reduce(0) { max($0, $1.groupCount) }
  }

  /// Reads a secret and makes a byte for each list: 1 where it matches, else 0.
  public var reader: SecretReaderMaker {
    { [self] in HeldSecret(self) }
  }
}

/// Holds a secret until all of it is there, and wipes it.
private final class HeldSecret: SecretReader {
  private let patterns: SecretPatterns
  private let held = UnsafeMutableRawBufferPointer.allocate(
    byteCount: SecretPatterns.mostBytes, alignment: 1)
  /// Of the secret, be they held or not.
  private var count = 0

  init(_ patterns: SecretPatterns) { self.patterns = patterns }

  deinit {
    held.wipe()
    held.deallocate()
  }

  func read(_ bytes: UnsafeRawBufferPointer) {
    if count + bytes.count <= held.count {
      UnsafeMutableRawBufferPointer(rebasing: held[count...]).copyMemory(from: bytes)
    }
    count += bytes.count
  }

  func finish() -> [UInt8] {
    guard count <= held.count, let matcher = Matcher(mostGroups: patterns.mostGroups) else {
      return Array(repeating: 0, count: patterns.lists.count)
    }
    let secret = UnsafeRawBufferPointer(rebasing: held[..<count])
    return patterns.lists.map { list in
      list.contains { matcher.find($0, in: secret) == .yes } ? 1 : 0
    }
  }
}
