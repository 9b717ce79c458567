internal import CHyperscan

/// The working memory of one thread's scans.
public struct Scratch: ~Copyable {
  let handle: OpaquePointer

  public init(for database: borrowing Database) throws(HyperscanError) {
    var scratch: OpaquePointer?
    let status = hs_alloc_scratch(database.handle, &scratch)
    guard status == HS_SUCCESS, let scratch else { throw HyperscanError(status: status) }
    handle = scratch
  }

  /// What it takes in memory.
  public var byteCount: Int {
    var count = 0
    return hs_scratch_size(handle, &count) == HS_SUCCESS ? count : 0
  }

  deinit {
    hs_free_scratch(handle)
  }
}
