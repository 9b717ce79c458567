internal import Hyperscan
internal import Synchronization

/// A catalogue's database, read when somebody asks for it: where the sieve searches nobody does, and reading it takes a tenth of a program's start.
final class DatabaseSource: Sendable {
  final class Loaded: Sendable {
    let database: Database

    init(_ database: consuming Database) { self.database = database }
  }

  private let read: @Sendable () throws(HyperscanError) -> Loaded
  private let state: Mutex<Loaded?>

  init(_ database: consuming Database) {
    let loaded = Loaded(database)
    state = Mutex(loaded)
    read = { loaded }
  }

  /// - Parameter read: called once, by whichever thread asks first; again after it failed.
  init(later read: @escaping @Sendable () throws(HyperscanError) -> Loaded) {
    state = Mutex(nil)
    self.read = read
  }

  func get() throws(HyperscanError) -> Loaded {
    try state.withLock { loaded throws(HyperscanError) in
      if let loaded { return loaded }
      let fresh = try read()
      loaded = fresh
      return fresh
    }
  }
}
