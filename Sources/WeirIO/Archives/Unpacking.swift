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
  /// It is said of each archive that it is opened.
  private let isTold: Bool
  /// Of a history, where the input appeared first.
  private let appearance: Appearance?
  private let allowance: Allowance
  private var levels: [Level] = []
  private var due: Source?
  /// Of an rpm, behind its header.
  private var payload: Source?
  /// What is to be told of it unless it is packed too.
  private var payloadComplaint: InputError?
  /// To be told behind what comes next.
  private var complaint: InputError?
  public private(set) var counts = ArchiveCounts()

  public init(
    _ source: consuming Source, _ packed: Packed, limits: ArchiveLimits, isTold: Bool = false
  ) {
    self.limits = limits
    self.isTold = isTold
    appearance = nil
    allowance = Allowance(limits)
    open(source, packed)
  }

  /// Of an input that may be packed: if not, it is the only part.
  init(
    _ source: consuming Source, limits: ArchiveLimits, isTold: Bool, in appearance: Appearance?
  ) {
    self.limits = limits
    self.isTold = isTold
    self.appearance = appearance
    allowance = Allowance(limits)
    due = consume source
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
      if due != nil {
        complaint = payloadComplaint
        continue
      }
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
        payload = Source(path, unpacked: upstream, depth: depth + 1)
        payloadComplaint = .packed(path, .damaged("its files are packed in no way that is known"))
      } else {
        if packed.packing == .sevenZip, !(try upstream.hold()) {
          throw .packed(path, .tooLongToHold(mostBytes: Upstream.mostHeldBytes))
        }
        let archive = try ArchiveReader(upstream, packing: packed.packing)
        levels.append(Level(archive: archive, depth: depth))
      }
      if isTold {
        let name = (appearance?.shortCommit ?? "") + path.text
        StandardError.say("\(name): opened (\(packed.packing.name))")
      }
      // tar.gz is one, and so is an rpm.
      if !isDecompressed, packed.packing != .rpm { counts.openedCount += 1 }
    } catch {
      complaint = error
      due = Source(path, unpacked: upstream, depth: depth, mayBePacked: false)
    }
  }
}
