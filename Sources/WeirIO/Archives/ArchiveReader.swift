internal import CArchive
internal import Glibc

/// An open archive: its members, one after the other, and what stands behind them.
///
/// Only the formats of `Packing`: none of them runs a program, or reads files of its own, as libarchive does for others.
final class ArchiveReader: Contents {
  /// What `next` comes to.
  enum Step {
    case member(Path, isEncrypted: Bool)
    /// What stands behind the members, and is no padding: a zip's table and comments, or what should not be there.
    case rest(Path, InputError?)
    case end
  }

  private let archive: OpaquePointer
  private let feed: ArchiveFeed
  private let upstream: Upstream
  private let packing: Packing
  private var path: Path
  private var place = MemberPlace()
  private var restBytes: [UInt8]?
  /// The archive cannot be read on.
  private var isBroken = false

  /// - Throws: why its beginning is none of an archive; then `upstream` begins anew.
  init(_ upstream: Upstream, packing: Packing) throws(InputError) {
    UTF8Names.use()
    path = upstream.path
    self.upstream = upstream
    self.packing = packing
    feed = ArchiveFeed(upstream)
    guard let archive = archive_read_new() else {
      throw .packed(upstream.path, .damaged("no memory for libarchive"))
    }
    self.archive = archive
    Self.support(packing, in: archive)
    upstream.record()
    if feed.open(archive, canSeek: packing == .sevenZip) != ARCHIVE_OK {
      let error = failure(at: upstream.path)
      upstream.rewind()
      throw error
    }
    upstream.forget()
  }

  private static func support(_ packing: Packing, in archive: OpaquePointer) {
    switch packing {
    case .tar: archive_read_support_format_tar(archive)
    // Reading on from the front needs no list at the end, and sees also members that it lacks.
    case .zip: archive_read_support_format_zip_streamable(archive)
    case .ar: archive_read_support_format_ar(archive)
    case .cpio: archive_read_support_format_cpio(archive)
    case .iso: archive_read_support_format_iso9660(archive)
    case .sevenZip: archive_read_support_format_7zip(archive)
    case .rpm, .gzip, .xz, .zstandard, .bzip2, .lz4: preconditionFailure("no archive")
    }
  }

  /// Goes on to the next member that has content. What was not read of the last one is passed over.
  ///
  /// - Throws: what is wrong between members; there is no other then.
  func next() throws(InputError) -> Step {
    while !isBroken, restBytes == nil {
      var entry: OpaquePointer?
      let code = archive_read_next_header(archive, &entry)
      if code == ARCHIVE_EOF { return try rest() }
      guard code >= ARCHIVE_WARN, let entry else {
        isBroken = true
        // A list of members may be encrypted as a whole.
        if feed.failure == nil, archive_read_has_encrypted_entries(archive) == 1 {
          throw .packed(upstream.path, .encrypted)
        }
        throw failure(at: upstream.path)
      }
      let kind = archive_entry_filetype(entry)
      // Directories, links and devices have no content, but a crafted one may.
      let mayHaveContent = packing != .iso && archive_entry_size(entry) > 0
      guard kind == S_IFREG || kind == 0 || mayHaveContent else { continue }
      if archive_entry_hardlink(entry) != nil, archive_entry_size(entry) == 0 { continue }
      path = upstream.path.member(Self.name(of: entry))
      place = MemberPlace()
      return .member(path, isEncrypted: archive_entry_is_encrypted(entry) != 0)
    }
    return .end
  }

  private static func name(of entry: OpaquePointer) -> [UInt8] {
    guard let name = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry) else {
      return []
    }
    return Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
  }

  var isReady: Bool { true }

  func read(into room: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if restBytes != nil { return try readRest(into: room) }
    var count = 0
    while count < room.count, place.error == nil {
      count += place.take(into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
      if count < room.count, place.isEmpty, !readBlock() { break }
    }
    if count == 0, let error = place.error { throw error }
    do throws(InputError) {
      try upstream.allowance.add(unpackedBytes: count, of: path)
    } catch { place.error = error }
    return count
  }

  /// - Returns: false at the member's end, or where it cannot be read on.
  private func readBlock() -> Bool {
    guard !place.isAtEnd else { return false }
    var start: UnsafeRawPointer?
    var count = 0
    var offset: Int64 = 0
    let code = archive_read_data_block(archive, &start, &count, &offset)
    if code == ARCHIVE_EOF {
      place.isAtEnd = true
      return false
    }
    if code == ARCHIVE_RETRY { return true }
    if code >= ARCHIVE_WARN {
      place.add(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count), at: offset)
    }
    guard code != ARCHIVE_OK else { return true }
    place.isAtEnd = true
    place.failure = failure(at: path, " (behind byte \(place.offset))")
    if code == ARCHIVE_FATAL || feed.failure != nil { isBroken = true }
    return code >= ARCHIVE_WARN
  }

  /// What the last call says is wrong. What is wrong with the packed bytes themselves comes first.
  private func failure(at path: Path, _ place: String = "") -> InputError {
    switch feed.failure {
    case .packed(_, let error): return .packed(path, error)
    case .some(let error): return error
    case nil: break
    }
    let words = archive_error_string(archive).map { String(cString: $0) }
    return .packed(path, .damaged((words ?? "it ends too early, or leads nowhere") + place))
  }

  deinit {
    archive_read_free(archive)
  }
}

// Behind the members.
extension ArchiveReader {
  private func rest() throws(InputError) -> Step {
    // Of these all is read by places, and there is no behind.
    guard packing != .sevenZip, packing != .iso else {
      isBroken = true
      return .end
    }
    restBytes = feed.rest(behind: archive_filter_bytes(archive, -1))
    let room = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Upstream.blockBytes, alignment: 64)
    defer { room.deallocate() }
    while true {
      let count = try readRest(into: room)
      guard count > 0 else { return .end }
      guard let first = room[..<count].firstIndex(where: { $0 != 0 }) else { continue }
      restBytes = room[first..<count] + restBytes!
      path = upstream.path.member(Array("<rest>".utf8))
      guard packing != .zip else { return .rest(path, nil) }
      return .rest(path, .packed(path, .damaged("what stands behind the members is none")))
    }
  }

  private func readRest(into room: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    guard let bytes = restBytes, !bytes.isEmpty else { return try upstream.read(into: room) }
    let count = min(bytes.count, room.count)
    room.copyBytes(from: bytes[..<count])
    restBytes = Array(bytes[count...])
    return count
  }
}
