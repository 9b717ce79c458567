internal import CHyperscan

/// What a scan found: which signature ended where. Of fixed capacity, and allocated once.
public struct MatchBuffer: ~Copyable {
  public struct Match: BitwiseCopyable, Sendable {
    /// One past the last byte, counted from the start of the bytes scanned.
    public var end: UInt32
    public var signature: UInt32

    @inlinable public init(end: UInt32, signature: UInt32) {
      self.end = end
      self.signature = signature
    }

    /// Both in one number, by which matches are in order.
    var key: UInt64 { UInt64(end) << 32 | UInt64(signature) }
  }

  @usableFromInline
  struct Storage {
    @usableFromInline var matches: UnsafeMutablePointer<Match>
    @usableFromInline var count: Int
    @usableFromInline var capacity: Int
    /// Matches that end before are known already and are left out.
    var firstEnd: UInt64
  }

  @usableFromInline let storage: UnsafeMutablePointer<Storage>

  public init(capacity: Int) {
    storage = .allocate(capacity: 1)
    storage.initialize(
      to: Storage(
        matches: .allocate(capacity: capacity), count: 0, capacity: capacity, firstEnd: 0))
  }

  deinit {
    storage.pointee.matches.deallocate()
    storage.deallocate()
  }

  /// What it takes in memory.
  public var byteCount: Int { storage.pointee.capacity * MemoryLayout<Match>.stride }

  @inlinable public var count: Int { storage.pointee.count }

  @inlinable public subscript(index: Int) -> Match {
    precondition(index < storage.pointee.count)
    return storage.pointee.matches[index]
  }

  /// All of them, as long as nothing is searched.
  @inlinable public var all: UnsafeBufferPointer<Match> {
    UnsafeBufferPointer(start: storage.pointee.matches, count: storage.pointee.count)
  }

  public func removeAll() { storage.pointee.count = 0 }

  /// - Returns: false when there is no room.
  @inlinable public func append(_ match: Match) -> Bool {
    let count = storage.pointee.count
    if count == storage.pointee.capacity { return false }
    storage.pointee.matches[count] = match
    storage.pointee.count = count + 1
    return true
  }

  /// Orders the matches by their ends, and those of one end by their signatures; who found them found them nearly so.
  public func sort() {
    let matches = storage.pointee.matches
    for index in 1..<max(storage.pointee.count, 1) {
      let match = matches[index]
      var place = index
      while place > 0, match.key < matches[place - 1].key {
        matches[place] = matches[place - 1]
        place -= 1
      }
      matches[place] = match
    }
  }
}

extension Database {
  /// Scans `bytes` and fills `buffer` with the matches that end after the first `knownBytes` of them.
  ///
  /// - Returns: false when the buffer was too small; what it holds then is not to be used.
  public func scan(
    _ bytes: UnsafeRawBufferPointer, knownBytes: Int, scratch: borrowing Scratch,
    into buffer: borrowing MatchBuffer
  ) throws(HyperscanError) -> Bool {
    try scan(bytes, firstEnd: knownBytes + 1, scratch: scratch, into: buffer)
  }

  /// Scans `bytes` and fills `buffer` with all matches, also those of nothing before the first byte.
  ///
  /// - Returns: as above.
  public func scan(
    _ bytes: UnsafeRawBufferPointer, scratch: borrowing Scratch, into buffer: borrowing MatchBuffer
  ) throws(HyperscanError) -> Bool {
    try scan(bytes, firstEnd: 0, scratch: scratch, into: buffer)
  }

  private func scan(
    _ bytes: UnsafeRawBufferPointer, firstEnd: Int, scratch: borrowing Scratch,
    into buffer: borrowing MatchBuffer
  ) throws(HyperscanError) -> Bool {
    let storage = buffer.storage
    storage.pointee.count = 0
    storage.pointee.firstEnd = UInt64(firstEnd)
    let status = hs_scan(
      handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32(bytes.count), 0,
      scratch.handle,
      { signature, _, end, _, context in
        let storage = context!.assumingMemoryBound(to: MatchBuffer.Storage.self)
        if end < storage.pointee.firstEnd { return 0 }
        let count = storage.pointee.count
        if count == storage.pointee.capacity { return 1 }
        storage.pointee.matches[count] = .init(
          end: UInt32(truncatingIfNeeded: end), signature: signature)
        storage.pointee.count = count + 1
        return 0
      }, storage)
    switch status {
    case HS_SUCCESS: return true
    case HS_SCAN_TERMINATED: return false
    default: throw HyperscanError(status: status)
    }
  }
}
