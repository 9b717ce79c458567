internal import CHyperscan

/// A compiled block-mode database. Immutable; may be shared between threads.
public struct Database: ~Copyable, @unchecked Sendable {
  let handle: OpaquePointer

  /// Compiles one expression per element, each with any byte for a dot; an expression's id is its place in the list.
  public init(expressions: [String]) throws(HyperscanError) {
    try self.init(expressions.map { Expression($0, [.dotAll]) })
  }

  /// Compiles one expression per element; an expression's id is its place in the list.
  ///
  /// The database is made for the least CPU the library runs on, so that one built anywhere loads everywhere.
  public init(_ expressions: [Expression]) throws(HyperscanError) {
    var database: OpaquePointer?
    var failure: UnsafeMutablePointer<hs_compile_error_t>?
    var platform = hs_platform_info_t(
      tune: UInt32(HS_TUNE_FAMILY_GENERIC), cpu_features: 0, reserved1: 0, reserved2: 0)
    let pointers = expressions.map { expression in
      let bytes = Array(expression.text.utf8CString)
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
      copy.initialize(from: bytes, count: bytes.count)
      return copy
    }
    defer { for pointer in pointers { pointer.deallocate() } }
    let flags = expressions.map(\.options.flags)
    let ids = (0..<UInt32(expressions.count)).map { $0 }
    let status = hs_compile_multi(
      pointers.map { UnsafePointer($0) }, flags, ids, UInt32(expressions.count),
      UInt32(HS_MODE_BLOCK), &platform, &database, &failure)
    guard status == HS_SUCCESS, let database else {
      defer { hs_free_compile_error(failure) }
      guard let failure else { throw HyperscanError(status: status) }
      throw HyperscanError(compilation: failure.pointee)
    }
    handle = database
  }

  /// Reads a database that `serialized()` made. Only bytes that are part of the program may be given: libhs trusts them.
  public init(serialized bytes: UnsafeRawBufferPointer) throws(HyperscanError) {
    var database: OpaquePointer?
    let status = hs_deserialize_database(
      bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, &database)
    guard status == HS_SUCCESS, let database else { throw HyperscanError(status: status) }
    handle = database
  }

  public func serialized() throws(HyperscanError) -> [UInt8] {
    var bytes: UnsafeMutablePointer<CChar>?
    var count = 0
    let status = hs_serialize_database(handle, &bytes, &count)
    guard status == HS_SUCCESS, let bytes else { throw HyperscanError(status: status) }
    defer { free(bytes) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }

  deinit {
    hs_free_database(handle)
  }
}
