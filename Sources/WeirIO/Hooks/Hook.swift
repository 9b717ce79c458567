internal import Glibc

/// A hook of a repository: the program that git runs at a certain point, if there is one.
public struct Hook {
  public enum Kind: String, CaseIterable, Sendable {
    case preCommit = "pre-commit"
    case prePush = "pre-push"
  }

  public enum State: Equatable, Sendable {
    case absent
    /// Weir's, and as it would be written now.
    case current
    /// Weir's, but other words, or git may not run it.
    case outdated
    /// Somebody else's: a file, a link, whatever has the name.
    case foreign
  }

  /// So long a hook may be that Weir has written.
  private static let mostBytes = 1 << 16

  public let kind: Kind
  public let folder: HooksFolder
  public let path: Path
  /// What Weir writes there.
  private let script: [UInt8]
  /// The line of it by which Weir knows its own.
  private let mark: String

  /// - Parameter script: holds `mark` as a line, in every version.
  public init(_ kind: Kind, in folder: HooksFolder, script: String, mark: String) {
    self.kind = kind
    self.folder = folder
    path = folder.path.appending(Array(kind.rawValue.utf8))
    self.script = Array(script.utf8)
    self.mark = mark
  }

  /// Where one of somebody else is kept that was moved aside.
  public var aside: Path { Path(path.bytes + Array(".before-weir".utf8)) }

  public func state() throws(HookError) -> State {
    let kind: Int
    do throws(SystemError) { kind = try path.kind(isFollowed: false) } catch {
      if error == ENOENT || error == ENOTDIR { return .absent }
      throw .cannotChange(path, error)
    }
    guard kind == DT_REG else { return .foreign }
    let found: [UInt8]?
    do throws(InputError) { found = try path.contents(mostBytes: Self.mostBytes) } catch {
      throw .cannotRead(error)
    }
    let lines = found?.split(separator: UInt8(ascii: "\n"))
    guard lines?.contains(where: { $0.elementsEqual(mark.utf8) }) == true else { return .foreign }
    return found == script && path.withCString { access($0, X_OK) } == 0 ? .current : .outdated
  }

  /// Writes it, whole or not at all.
  public func write() throws(HookError) {
    try folder.make()
    let draft: DraftFile
    do throws(OutputError) { draft = try DraftFile(of: script, for: path, mode: 0o777) } catch {
      throw .cannotWrite(error)
    }
    do throws(SystemError) { try draft.replace(path) } catch { throw .cannotChange(path, error) }
  }

  /// Removes it, and puts back what was moved aside for it.
  ///
  /// - Returns: there was something.
  public func remove() throws(HookError) -> Bool {
    guard path.withCString({ unlink($0) }) == 0 else { throw .cannotChange(path, .last) }
    guard aside.exists else { return false }
    try rename(aside, to: path)
    return true
  }

  /// Keeps somebody else's beside.
  public func moveAside() throws(HookError) {
    if aside.exists { throw .isAside(aside) }
    try rename(path, to: aside)
  }

  private func rename(_ from: Path, to: Path) throws(HookError) {
    let isDone = from.withCString { from in to.withCString { Glibc.rename(from, $0) } } == 0
    if !isDone { throw .cannotChange(to, .last) }
  }
}
