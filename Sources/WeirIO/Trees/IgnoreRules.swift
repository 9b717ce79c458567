/// The ignore files that act where a walk stands.
///
/// The nearest file speaks before those above it; and `.weirignore` before `.ignore`, that before what git ignores, wherever
/// they stand. `.gitignore` counts in repositories only, up to the root of the repository; of the others those above the
/// directory named count up to there too. What is not a file is no ignore file: git follows no link from `.gitignore` either.
struct IgnoreRules {
  private struct Placed {
    let file: IgnoreFile
    /// How much of a place stands for its folder.
    let base: Int
  }

  private var weir: [Placed] = []
  private var plain: [Placed] = []
  private var git: [Placed] = []
  private var repository: (tracked: TrackedFiles, base: Int)?
  /// Git ignores the directory: all but the files that are tracked nevertheless.
  private(set) var isOfTrackedOnly = false

  /// Nothing is left out.
  var isEmpty: Bool { weir.isEmpty && plain.isEmpty && git.isEmpty }

  /// None at all.
  init() {}

  /// Those above a directory.
  ///
  /// - Parameter place: the directory by its real name, with a slash at the end.
  init(above place: [UInt8], _ fail: (InputError) -> Void) {
    guard let root = WorkTree.root(above: place) else { return }
    for end in place.indices.dropLast() where end >= root - 1 && place[end] == UInt8(ascii: "/") {
      let directory = Path(Array(place[...end]))
      enter(directory, base: end + 1, Listing.Marks(in: directory), fail)
    }
  }

  /// Adds those in a directory.
  ///
  /// - Parameters:
  ///   - base: the length of its place.
  ///   - fail: told of each that cannot be read; it leaves nothing out then.
  mutating func enter(
    _ directory: Path, base: Int, _ marks: Listing.Marks, _ fail: (InputError) -> Void
  ) {
    func add(_ path: Path, to files: inout [Placed], isInTree: Bool = true) {
      do throws(InputError) {
        guard let file = try IgnoreFile(at: path, isInTree: isInTree), !file.isEmpty else { return }
        files.append(Placed(file: file, base: base))
      } catch { fail(error) }
    }
    if marks.contains(.repository) {
      let repository = WorkTree(at: directory)
      self.repository = (repository.trackedFiles, base)
      isOfTrackedOnly = false
      git = []
      for path in repository.excludes { add(path, to: &git, isInTree: false) }
    }
    if marks.contains(.gitIgnore), repository != nil, !isOfTrackedOnly {
      add(directory.appending(".gitignore".utf8), to: &git)
    }
    if marks.contains(.ignore) { add(directory.appending(".ignore".utf8), to: &plain) }
    if marks.contains(.weirIgnore) { add(directory.appending(".weirignore".utf8), to: &weir) }
  }

  /// The same in a directory that git ignores.
  var ofTrackedOnly: IgnoreRules {
    var copy = self
    copy.isOfTrackedOnly = true
    return copy
  }

  /// What is to be done with something below a directory.
  enum Ruling {
    case isRead
    case isLeftOut
    /// A directory that git ignores, with files that it tracks.
    case isReadAsTracked
  }

  /// - Parameters:
  ///   - place: the whole path.
  ///   - name: where its last name begins.
  /// - Returns: nil when they say nothing of it.
  func ruling(on place: UnsafeBufferPointer<UInt8>, name: Int, isDirectory: Bool) -> Ruling? {
    func verdict(of files: [Placed]) -> IgnoreFile.Verdict? {
      for file in files.reversed() {
        let path = place[file.base...]
        if let verdict = file.file.verdict(on: path, name: name, isDirectory: isDirectory) {
          return verdict
        }
      }
      return nil
    }
    if let verdict = verdict(of: weir) ?? verdict(of: plain) {
      return verdict == .isKept ? .isRead : .isLeftOut
    }
    if !isOfTrackedOnly {
      guard let verdict = verdict(of: git) else { return nil }
      if verdict == .isKept { return .isRead }
    }
    guard let (tracked, base) = repository else { return .isLeftOut }
    if isDirectory {
      return tracked.holdsSome(below: place[base...]) ? .isReadAsTracked : .isLeftOut
    }
    return tracked.holds(place[base...]) ? nil : .isLeftOut
  }
}
