internal import Glibc

/// Blobs read through one git, one after the other, each as an input of its own.
final class BlobReader: Contents {
  enum Next {
    case blob(byteCount: UInt64)
    /// The object is not in this copy, or is none.
    case missing
  }

  /// So many may be asked for at once: their ids fit into a pipe that nobody reads.
  static let mostAsked = 500

  private let git: GitProcess
  /// Of the blob being read, and of the line feed behind it.
  private var remaining: UInt64 = 0
  private var byteCount: UInt64 = 0
  /// Why the blob ended too soon.
  private var failure: GitError?
  /// What errors call the blob being read.
  var path = Path("")

  init(_ repository: Repository) throws(GitError) {
    git = try GitProcess(["cat-file", "--batch"], in: repository)
  }

  /// Asks for blobs, which come in that order.
  func ask(for blobs: some Sequence<Blob>) throws(GitError) {
    try git.write(blobs.flatMap { $0.id + [UInt8(ascii: "\n")] })
  }

  /// Goes to the next blob that was asked for. The one before has to be done with: `skip`.
  func next() throws(GitError) -> Next {
    guard let line = git.output.field(endingWith: UInt8(ascii: "\n")) else { throw git.failure() }
    // `<id> blob <size>`
    let words = line.split(separator: UInt8(ascii: " "))
    guard words.count == 3, let count = UInt64(String(decoding: words[2], as: UTF8.self)) else {
      return .missing
    }
    path = Path(Array("blob ".utf8) + words[0])
    remaining = count + 1
    self.byteCount = count
    return .blob(byteCount: count)
  }

  var isReady: Bool { remaining <= 1 || git.output.isReady }

  /// Fills `room` unless the blob ends: what it begins with is not to be known by how git wrote it.
  func read(into room: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    var count = 0
    while count < room.count, remaining > 1 {
      let read = git.output.read(
        into: UnsafeMutableRawBufferPointer(rebasing: room[count...]),
        most: Int(clamping: remaining - 1))
      if read == 0, count > 0 { break }
      guard read > 0 else {
        let error = git.failure()
        failure = error
        if case .interrupted = error { throw .interrupted(path) }
        throw .cannotRead(path, offset: byteCount + 1 - remaining, SystemError(code: EIO))
      }
      remaining -= UInt64(read)
      count += read
    }
    return count
  }

  /// Passes over what was not read of the blob.
  ///
  /// - Throws: also why it ended too soon.
  func skip() throws(GitError) {
    if let failure { throw failure }
    while remaining > 0 {
      guard git.output.peek() != nil else { throw git.failure() }
      remaining -= UInt64(git.output.skip(Int(clamping: remaining)))
    }
  }
}
