internal import CArchive
internal import Glibc

/// Gives libarchive the packed bytes, and keeps what it may not have used.
final class ArchiveFeed {
  private let upstream: Upstream
  /// The last two blocks given, in turn: libarchive may stop in either.
  private let blocks: [UnsafeMutableRawBufferPointer]
  private var counts = [0, 0]
  private var turn = 0
  private var givenBytes: Int64 = 0
  /// Why there are no more bytes.
  private(set) var failure: InputError?

  init(_ upstream: Upstream) {
    self.upstream = upstream
    blocks = (0..<2).map { _ in
      .allocate(byteCount: Upstream.blockBytes, alignment: 64)
    }
  }

  /// - Returns: libarchive's code.
  func open(_ archive: OpaquePointer, canSeek: Bool) -> Int32 {
    archive_read_set_callback_data(archive, Unmanaged.passUnretained(self).toOpaque())
    archive_read_set_read_callback(archive) { _, feed, block in
      let feed = Unmanaged<ArchiveFeed>.fromOpaque(feed!).takeUnretainedValue()
      return feed.give(&block!.pointee)
    }
    if canSeek {
      archive_read_set_seek_callback(archive) { _, feed, offset, origin in
        let feed = Unmanaged<ArchiveFeed>.fromOpaque(feed!).takeUnretainedValue()
        return feed.upstream.seek(to: offset, from: origin) ?? Int64(ARCHIVE_FATAL)
      }
    }
    return archive_read_open1(archive)
  }

  private func give(_ block: inout UnsafeRawPointer?) -> Int {
    if failure != nil { return Int(ARCHIVE_FATAL) }
    do throws(InputError) {
      turn = 1 - turn
      block = UnsafeRawPointer(blocks[turn].baseAddress)
      counts[turn] = try upstream.read(into: blocks[turn])
      givenBytes += Int64(counts[turn])
      return counts[turn]
    } catch {
      failure = error
      counts[turn] = 0
      return Int(ARCHIVE_FATAL)
    }
  }

  /// What was given behind this many bytes.
  func rest(behind offset: Int64) -> [UInt8] {
    var kept: [UInt8] = []
    for turn in [1 - turn, turn] {
      kept += UnsafeRawBufferPointer(rebasing: blocks[turn][..<counts[turn]])
    }
    return Array(kept.suffix(Int(max(0, givenBytes - offset))))
  }

  deinit {
    for block in blocks {
      block.initializeMemory(as: UInt8.self, repeating: 0)
      block.deallocate()
    }
  }
}
