/// The files that a repository tracks: git ignores none of them, whatever an ignore file says.
///
/// Read from the index when somebody asks first: versions 2 to 4 (https://git-scm.com/docs/index-format), with SHA-1 or
/// SHA-256. Of an index that is split or damaged nothing is known, and nothing is tracked.
final class TrackedFiles {
  private static let mostBytes = 1 << 28

  private let index: Path
  private lazy var names = Names(index)

  init(index: Path) { self.index = index }

  /// - Parameter path: from the root of the repository on.
  /// - Complexity: O(log n) comparisons.
  func holds(_ path: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let place = names.place(of: path) else { return false }
    return names[place].elementsEqual(path)
  }

  /// A file below a directory is tracked; or it is a submodule.
  func holdsSome(below directory: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    if holds(directory) { return true }
    let start = Array(directory) + [UInt8(ascii: "/")]
    guard let place = names.place(of: start) else { return false }
    return names[place].starts(with: start)
  }

  /// The names in an index, in the order of their bytes.
  private struct Names {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(_ index: Path) {
      guard index.exists, let file = try? index.contents(mostBytes: mostBytes) else { return }
      for hashBytes in [20, 32] where read(file, hashBytes: hashBytes) { return }
      (bytes, ends) = ([], [])
    }

    subscript(place: Int) -> ArraySlice<UInt8> {
      bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
    }

    /// The first name that is not before `path`.
    func place(of path: some Collection<UInt8>) -> Int? {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if self[middle].lexicographicallyPrecedes(path) { low = middle + 1 } else { high = middle }
      }
      return low < ends.count ? low : nil
    }

    /// - Returns: false when the file is no index with hashes of this length.
    private mutating func read(_ file: [UInt8], hashBytes: Int) -> Bool {
      (bytes, ends) = ([], [])
      var reader = Reader(file: file[..<max(file.count - hashBytes, 0)])
      guard reader.take(4)?.elementsEqual("DIRC".utf8) == true, let version = reader.number(4),
        (2...4).contains(version), let count = reader.number(4)
      else { return false }
      for _ in 0..<count {
        guard
          let name = reader.entry(
            version, hashBytes, after: ends.isEmpty ? [] : self[ends.count - 1])
        else { return false }
        bytes += name
        ends.append(bytes.count)
      }
      while let kind = reader.take(4) {
        guard !kind.elementsEqual("link".utf8), let count = reader.number(4),
          reader.take(count) != nil
        else { return false }
      }
      return true
    }
  }

  private struct Reader {
    let file: ArraySlice<UInt8>
    var place = 0

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
      guard count <= file.endIndex - place else { return nil }
      defer { place += count }
      return file[place..<place + count]
    }

    mutating func number(_ count: Int) -> Int? { take(count)?.reduce(0) { $0 << 8 | Int($1) } }

    /// The name of the next entry.
    ///
    /// - Parameter last: the name before it, of which version 4 says only what differs.
    mutating func entry(_ version: Int, _ hashBytes: Int, after last: ArraySlice<UInt8>) -> [UInt8]?
    {
      let start = place
      guard take(40 + hashBytes) != nil, let flags = number(2) else { return nil }
      if version > 2, flags & 0x4000 != 0, take(2) == nil { return nil }
      var name: [UInt8] = []
      if version == 4 {
        guard let dropped = offset(), dropped <= last.count else { return nil }
        name += last.dropLast(dropped)
      }
      guard let end = file[place...].firstIndex(of: 0) else { return nil }
      name += file[place..<end]
      let paddingBytes = version == 4 ? 1 : 8 - (end - start) % 8
      place = end
      guard let padding = take(paddingBytes), padding.allSatisfy({ $0 == 0 }), !name.isEmpty else {
        return nil
      }
      return name
    }

    /// A number in groups of seven bits, where each that follows adds one.
    private mutating func offset() -> Int? {
      guard var byte = number(1) else { return nil }
      var value = byte & 127
      while byte & 128 != 0 {
        guard value < 1 << 32, let next = number(1) else { return nil }
        byte = next
        value = (value + 1) << 7 | byte & 127
      }
      return value
    }
  }
}
