internal import Glibc

/// The names in a directory, in the order of their bytes, and what each one is.
struct Listing {
  /// What the walk looks for in a directory before it visits the rest.
  struct Marks: OptionSet {
    let rawValue: UInt8
    static let repository = Marks(rawValue: 1)
    static let gitIgnore = Marks(rawValue: 2)
    static let ignore = Marks(rawValue: 4)
    static let weirIgnore = Marks(rawValue: 8)

    fileprivate static let named: [([UInt8], Marks)] = [
      (Array(".git".utf8), .repository), (Array(".gitignore".utf8), .gitIgnore),
      (Array(".ignore".utf8), .ignore), (Array(".weirignore".utf8), .weirIgnore),
    ]
  }

  /// A name, and what it is.
  struct Entry {
    fileprivate let start: Int
    fileprivate let count: Int
    /// `DT_REG` and so on; `DT_UNKNOWN` where the file system does not say.
    let kind: UInt8
  }

  private var bytes: [UInt8] = []
  private(set) var entries: [Entry] = []
  private(set) var marks: Marks = []

  init(of directory: Path) throws(InputError) {
    guard let stream = directory.withCString({ opendir($0) }) else {
      throw .cannotList(directory, .last)
    }
    defer { closedir(stream) }
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw .cannotList(directory, .last) }
        break
      }
      add(entry)
    }
    sort()
  }

  func name(of entry: Entry) -> ArraySlice<UInt8> {
    bytes[entry.start..<entry.start + entry.count]
  }

  private mutating func add(_ entry: UnsafePointer<dirent>) {
    let start = UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \.d_name)!
    let name = UnsafeRawBufferPointer(
      start: start, count: strlen(start.assumingMemoryBound(to: CChar.self)))
    if name[0] == UInt8(ascii: ".") {
      if name.count == 1 || (name.count == 2 && name[1] == name[0]) { return }
      for (known, mark) in Marks.named where name.elementsEqual(known) { marks.insert(mark) }
    }
    entries.append(Entry(start: bytes.count, count: name.count, kind: entry.pointee.d_type))
    bytes += name
  }

  private mutating func sort() {
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      entries.sort {
        let order = memcmp(base + $0.start, base + $1.start, min($0.count, $1.count))
        return order == 0 ? $0.count < $1.count : order < 0
      }
    }
  }
}

extension Listing.Marks {
  /// Those of a directory that is not listed.
  init(in directory: Path) {
    self = []
    for (name, mark) in Self.named where directory.appending(name).exists { insert(mark) }
  }
}
