/// How many archives and compressed streams were opened, and what of them was not looked at, by cause.
public struct ArchiveCounts: Sendable {
  var openedCount = 0
  private var encryptedCount = 0
  private var damagedCount = 0
  private var limitedCount = 0

  public init() {}

  public var isEmpty: Bool { openedCount + encryptedCount + damagedCount + limitedCount == 0 }

  public mutating func add(_ other: ArchiveCounts) {
    openedCount += other.openedCount
    encryptedCount += other.encryptedCount
    damagedCount += other.damagedCount
    limitedCount += other.limitedCount
  }

  mutating func add(_ error: InputError) {
    guard case .packed(_, let reason) = error else { return }
    switch reason {
    case .encrypted: encryptedCount += 1
    case .damaged: damagedCount += 1
    case .tooLarge, .tooDense, .tooDeep, .tooLongToHold: limitedCount += 1
    }
  }
}

extension ArchiveCounts: CustomStringConvertible {
  /// `2 archives opened, 1 encrypted, 1 damaged`; empty where there were none.
  public var description: String {
    let parts = [
      (openedCount, openedCount == 1 ? "archive opened" : "archives opened"),
      (encryptedCount, "encrypted"), (damagedCount, "damaged"), (limitedCount, "beyond a limit"),
    ]
    return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}
