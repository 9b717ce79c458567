/// What comes out of a compressed stream, or of several one behind the other. What follows them and is none comes as it is.
final class Decompression<Method: Decoder & ~Copyable>: Contents {
  private enum State {
    case within
    /// One has ended; the next, padding, or the end of the input comes.
    case between
    /// Something else follows.
    case behind
    case ended
    case failed(InputError)
  }

  private let upstream: Upstream
  private let packing: Packing
  private var method: Method
  private var state = State.within
  private let block = UnsafeMutableRawBufferPointer.allocate(
    byteCount: Upstream.blockBytes, alignment: 64)
  private var waiting = 0..<0
  /// The room was full: more may come without more input.
  private var mayHoldMore = false
  private var consumedBytes: UInt64 = 0

  init(_ upstream: Upstream, packing: Packing) throws(InputError) {
    self.upstream = upstream
    self.packing = packing
    do throws(DecodingError) { method = try Method() } catch {
      throw .packed(upstream.path, .damaged(error.reason))
    }
  }

  var isReady: Bool { !waiting.isEmpty || mayHoldMore || upstream.isReady }

  func read(into room: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    var count = 0
    while count < room.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: room[count...])
      do throws(InputError) {
        guard try hasInput(orElse: count > 0) else { break }
        count += try step(into: rest)
      } catch { state = .failed(error) }
      if case .failed(let error) = state {
        if count > 0 { break }
        throw error
      }
    }
    do throws(InputError) {
      try upstream.allowance.add(unpackedBytes: count, of: upstream.path)
    } catch { state = .failed(error) }
    return count
  }

  /// Reads on, unless something is there or `isEnough`.
  ///
  /// - Returns: false when there is nothing to do now.
  private func hasInput(orElse isEnough: Bool) throws(InputError) -> Bool {
    if case .failed = state { return true }
    if case .ended = state { return false }
    if !waiting.isEmpty || mayHoldMore { return true }
    if isEnough { return false }
    let count = try upstream.read(into: block)
    waiting = 0..<count
    consumedBytes += UInt64(count)
    guard count == 0 else { return true }
    switch state {
    case .within: throw damage("it ends too early")
    case .behind: throw damage("what follows the \(packing.name) data is something else")
    default: state = .ended
    }
    return false
  }

  /// - Returns: how many bytes came into the room.
  private func step(into room: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    switch state {
    case .within: return try decode(into: room)
    case .between:
      waiting = (waiting.first { block[$0] != 0 } ?? waiting.upperBound)..<waiting.upperBound
      guard !waiting.isEmpty else { return 0 }
      try gather()
      if Packing(of: UnsafeRawBufferPointer(rebasing: block[waiting])) == packing {
        do throws(DecodingError) { try method.restart() } catch { throw damage(error.reason) }
        state = .within
      } else {
        state = .behind
      }
      return 0
    case .behind:
      let count = min(waiting.count, room.count)
      room.copyMemory(from: UnsafeRawBufferPointer(rebasing: block[waiting.prefix(count)]))
      waiting = waiting.dropFirst(count)
      return count
    case .ended, .failed: return 0
    }
  }

  private func decode(into room: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let input = UnsafeRawBufferPointer(rebasing: block[waiting])
    do throws(DecodingError) {
      let step = try method.decode(input, into: room)
      guard step.consumed > 0 || step.produced > 0 || step.isAtEnd || input.isEmpty else {
        throw DecodingError(reason: "it makes no sense")
      }
      waiting = waiting.dropFirst(step.consumed)
      mayHoldMore = !step.isAtEnd && step.produced == room.count
      if step.isAtEnd { state = .between }
      return step.produced
    } catch {
      state = .failed(damage(error.reason))
      return error.produced
    }
  }

  /// As many bytes as tell what follows.
  private func gather() throws(InputError) {
    let markBytes = 10
    guard waiting.count < markBytes else { return }
    block.copyMemory(from: UnsafeRawBufferPointer(rebasing: block[waiting]))
    waiting = 0..<waiting.count
    while waiting.count < markBytes {
      let count = try upstream.read(
        into: UnsafeMutableRawBufferPointer(rebasing: block[waiting.upperBound...]))
      guard count > 0 else { return }
      consumedBytes += UInt64(count)
      waiting = 0..<waiting.count + count
    }
  }

  private func damage(_ reason: String) -> InputError {
    let offset = consumedBytes - UInt64(waiting.count)
    return .packed(
      upstream.path, .damaged("\(reason) (behind byte \(offset) of the \(packing.name) data)"))
  }

  deinit {
    block.initializeMemory(as: UInt8.self, repeating: 0)
    block.deallocate()
  }
}

extension Upstream {
  /// What comes out of it; nil for an archive.
  func decompressed(_ packing: Packing) throws(InputError) -> (any Contents)? {
    switch packing {
    case .gzip: try Decompression<GzipDecoder>(self, packing: packing)
    case .xz: try Decompression<XzDecoder>(self, packing: packing)
    case .zstandard: try Decompression<ZstandardDecoder>(self, packing: packing)
    case .bzip2: try Decompression<Bzip2Decoder>(self, packing: packing)
    case .lz4: try Decompression<LZ4Decoder>(self, packing: packing)
    case .tar, .zip, .ar, .rpm, .cpio, .iso, .sevenZip: nil
    }
  }
}

extension Source {
  /// What comes out of it where it is compressed; else its bytes as they are.
  public consuming func decompressed() throws(InputError) -> Source {
    let (path, isFile) = (self.path, self.isFile)
    let room = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Upstream.blockBytes, alignment: 64)
    defer { room.deallocate() }
    var source = self
    var count = 0
    repeat {
      let more = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
      if more == 0 { break }
      count += more
    } while Packing.mayBegin(UnsafeRawBufferPointer(rebasing: room[..<count]))
    let head = UnsafeRawBufferPointer(rebasing: room[..<count])
    let upstream = Upstream(source, head: Array(head), allowance: Allowance(.none))
    let packing = Packing(of: head)
    guard let packing, let bytes = try upstream.decompressed(packing) else {
      return Source(path, unpacked: upstream, depth: 0, isFile: isFile)
    }
    return Source(
      path, unpacked: bytes, depth: 0, isFile: isFile, isDecompressed: true, mayBePacked: false)
  }
}
