internal import CSystem
internal import Glibc

/// How many threads there may be.
public enum Threads {
  /// More have nothing to do: one reads, decides and writes.
  private static let most = 16

  /// The processors that this process may use, but no more than there is work for.
  public static var available: Int {
    min(max(Int(weir_usable_processors()), 1), most)
  }

  /// The system has so many threads to give. Dispatch would wait for ever for one that it has not.
  static func canStart(_ count: Int) -> Bool {
    var threads: [pthread_t] = []
    threads.reserveCapacity(count)
    for _ in 0..<count {
      var thread = pthread_t()
      guard pthread_create(&thread, nil, { _ in nil }, nil) == 0 else { break }
      threads.append(thread)
    }
    for thread in threads { pthread_join(thread, nil) }
    return threads.count == count
  }
}
