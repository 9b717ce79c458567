internal import CHyperscan
internal import Glibc

/// The allocator that libhs is given: it counts, and refuses what it is told to.
///
/// libhs has one allocator for the whole process; so what uses this is a program of its own.
enum FailingAllocator {
  nonisolated(unsafe) private static var callCount = 0
  nonisolated(unsafe) private static var refused: ClosedRange<Int> = 0...0
  nonisolated(unsafe) private static var live: Set<UnsafeMutableRawPointer> = []

  static func install() {
    let status = hs_set_allocator(
      { FailingAllocator.allocate($0) }, { FailingAllocator.free($0) })
    precondition(status == HS_SUCCESS)
  }

  /// Runs `body` while what libhs hands to its caller is refused and counted like the rest, but not
  /// expected back: the caller frees a serialised database by itself.
  static func givingAway<Result>(_ body: () throws -> Result) rethrows -> Result {
    hs_set_misc_allocator(
      { FailingAllocator.isRefused() ? nil : malloc($0) }, { Glibc.free($0) })
    defer {
      hs_set_misc_allocator(
        { FailingAllocator.allocate($0) }, { FailingAllocator.free($0) })
    }
    return try body()
  }

  /// Counts from here on, and refuses these calls, the first of which is 1.
  static func refuse(_ calls: ClosedRange<Int>) {
    callCount = 0
    refused = calls
  }

  /// Refuses nothing from here on.
  ///
  /// - Returns: how many calls there were since `refuse`.
  @discardableResult
  static func relent() -> Int {
    refused = 0...0
    return callCount
  }

  /// What was given and has not come back.
  static var liveCount: Int { live.count }

  private static func isRefused() -> Bool {
    callCount += 1
    return refused.contains(callCount)
  }

  private static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    guard !isRefused(), let memory = malloc(byteCount) else { return nil }
    live.insert(memory)
    return memory
  }

  private static func free(_ memory: UnsafeMutableRawPointer?) {
    guard let memory else { return }
    precondition(live.remove(memory) != nil, "libhs frees what it was not given, or twice")
    Glibc.free(memory)
  }
}
