/// What is in one packed input: its members in their order, those of an archive in it where it stands. Each is an input of its own.
///
/// Nothing is written anywhere. Memory: for each level two blocks of 128 KiB and what its format asks for, 256 MiB at most for xz, 128 MiB for zstd; and a 7z
/// that is no file of its own is held, up to 64 MiB.
public struct Unpacking: ~Copyable {
  /// What became of a part of the input.
  public enum Outcome {
    case passed(Passage)
    /// Nothing of it was scanned.
    case failed(InputError)
  }

  private struct Level {
    let archive: ArchiveReader
    /// In so many others it lies.
    let depth: Int
  }

  private let limits: ArchiveLimits
  private let allowance: Allowance
  private var levels: [Level] = []
  private var due: Source?
  /// Of an rpm, behind its header.
  private var payload: Source?
  /// To be told behind what comes next.
  private var complaint: InputError?
  public private(set) var counts = ArchiveCounts()

  public init(_ source: consuming Source, _ packed: Packed, limits: ArchiveLimits) {
    self.limits = limits
    allowance = Allowance(limits)
    open(source, packed)
  }

  /// Takes the next part through the scanner.
  ///
  /// - Returns: what became of it; nil behind the last.
  public mutating func next<Target: Outlet & ~Copyable>(
    _ passages: inout Passages, into outlet: inout Target
  ) -> Outcome? {
    while true {
      if var source = due.take() {
        var passage = passages.run(&source, into: &outlet)
        if let packed = passage.packed {
          complaint = nil
          open(source, packed)
          continue
        }
        if passage.failure == nil, let complaint { passage.failure = .input(complaint) }
        complaint = nil
        return .passed(counted(passage))
      }
      due = payload.take()
      if due != nil { continue }
      guard !allowance.isSpent, let level = levels.last else { return nil }
      do throws(InputError) {
        switch try level.archive.next() {
        case .member(let path, isEncrypted: true): return failed(.packed(path, .encrypted))
        case .rest(let path, let error):
          complaint = error
          due = Source(path, unpacked: level.archive, depth: level.depth + 1)
        case .member(let path, isEncrypted: false):
          due = Source(path, unpacked: level.archive, depth: level.depth + 1)
        case .end: levels.removeLast()
        }
      } catch {
        levels.removeLast()
        return failed(error)
      }
    }
  }

  private mutating func counted(_ passage: Passage) -> Passage {
    if case .input(let error) = passage.failure { counts.add(error) }
    return passage
  }

  private mutating func failed(_ error: InputError) -> Outcome {
    counts.add(error)
    return .failed(error)
  }

  /// What is in it comes next; where it cannot be opened, its bytes as they are, and why.
  private mutating func open(_ source: consuming Source, _ packed: Packed) {
    let (path, depth, isDecompressed) = (source.path, source.depth, source.isDecompressed)
    let upstream = Upstream(source, head: packed.head, allowance: allowance)
    do throws(InputError) {
      guard depth < limits.depth else { throw .packed(path, .tooDeep(most: limits.depth)) }
      if let bytes = try upstream.decompressed(packed.packing) {
        due = Source(
          path, unpacked: bytes, depth: depth + (isDecompressed ? 1 : 0), isDecompressed: true)
      } else if packed.packing == .rpm {
        due = Source(
          path.member(Array("<header>".utf8)), unpacked: try RPMHeader(upstream), depth: depth,
          mayBePacked: false)
        payload = Source(path, unpacked: upstream, depth: depth)
      } else {
        if packed.packing == .sevenZip, !(try upstream.hold()) {
          throw .packed(path, .tooLongToHold(mostBytes: Upstream.mostHeldBytes))
        }
        let archive = try ArchiveReader(upstream, packing: packed.packing)
        levels.append(Level(archive: archive, depth: depth))
      }
      counts.openedCount += 1
    } catch {
      complaint = error
      due = Source(path, unpacked: upstream, depth: depth, mayBePacked: false)
    }
  }
}

/// What stands before the packed files of an rpm: what it is, who made it, and the scripts that it runs.
final class RPMHeader: Unpacked {
  private static let leadBytes = 96
  private static let introBytes = 16

  private let upstream: Upstream
  private var bytes: [UInt8] = []
  private var given = 0

  /// Takes it from the front of `upstream`.
  ///
  /// - Throws: why there is none; then `upstream` begins anew.
  init(_ upstream: Upstream) throws(InputError) {
    self.upstream = upstream
    upstream.record()
    do throws(InputError) {
      try take(Self.leadBytes)
      // The signature, filled up to eight bytes, and the header proper.
      try takeSection()
      try take((8 - (bytes.count - Self.leadBytes) % 8) % 8)
      try takeSection()
    } catch {
      upstream.rewind()
      throw error
    }
    upstream.forget()
  }

  /// A mark, the number of entries of 16 bytes, the number of bytes behind them.
  private func takeSection() throws(InputError) {
    let start = bytes.count
    try take(Self.introBytes)
    guard bytes[start..<start + 4] == [0x8E, 0xAD, 0xE8, 0x01] else {
      throw damage("no header of rpm")
    }
    func number(at place: Int) -> Int {
      bytes[start + place..<start + place + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    try take(number(at: 8) * 16 + number(at: 12))
  }

  private func take(_ count: Int) throws(InputError) {
    guard bytes.count + count <= Upstream.mostHeldBytes else { throw damage("it makes no sense") }
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { room.deallocate() }
    var end = 0
    while end < count {
      let more = try upstream.read(into: UnsafeMutableRawBufferPointer(rebasing: room[end...]))
      guard more > 0 else { throw damage("it ends too early") }
      end += more
    }
    bytes += room
  }

  private func damage(_ reason: String) -> InputError { .packed(upstream.path, .damaged(reason)) }

  var isReady: Bool { true }

  func read(into room: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let count = min(bytes.count - given, room.count)
    room.copyBytes(from: bytes[given..<given + count])
    given += count
    return count
  }
}
