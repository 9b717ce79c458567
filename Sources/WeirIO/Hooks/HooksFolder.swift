internal import Glibc

/// The folder in which git looks for the hooks of a repository.
public struct HooksFolder: Sendable {
  /// From the root on.
  public let path: Path
  /// Where `core.hooksPath` is set, if it is: `file:/home/ada/.gitconfig`. Other repositories may share the folder then.
  public let setting: String?
  /// The repository has no files.
  public let isBare: Bool
  /// What errors call the repository.
  public let repository: Path

  /// Asks git, which follows the settings of its user and of the repository here.
  ///
  /// - Parameter path: where the repository is; nil is here.
  public init(of path: Path?) throws(HookError) {
    do throws(GitError) {
      let repository = try Repository(at: path)
      self.repository = repository.shownPath
      let lines = try repository.answer(
        ["rev-parse", "--is-bare-repository", "--path-format=absolute", "--git-path", "hooks"],
        following: .all)
      // A name may hold line feeds. An older git says the option again.
      let folder = Array(lines.dropFirst().joined(separator: [UInt8(ascii: "\n")]))
      guard folder.first == UInt8(ascii: "/") else {
        throw GitError.notUnderstood(repository.shownPath, command: "rev-parse")
      }
      isBare = lines[0] == Array("true".utf8)
      self.path = Path(folder)
      setting = Self.setting(of: repository)
    } catch {
      if case .notUnderstood = error { throw .oldGit }
      throw .git(error)
    }
  }

  private static func setting(of repository: Repository) -> String? {
    do throws(GitError) {
      let fields = try repository.answer(
        ["config", "--null", "--show-origin", "--get", "core.hooksPath"], mark: "\0",
        following: .all)
      return fields.first.map { String(decoding: $0, as: UTF8.self) }
    } catch { return nil }
  }

  /// Makes it, and the folders it is in, where they are not there.
  func make() throws(HookError) {
    var parts: [UInt8] = []
    for part in path.bytes.split(separator: UInt8(ascii: "/")) {
      parts += [UInt8(ascii: "/")] + part
      let folder = Path(parts)
      guard folder.withCString({ mkdir($0, 0o777) }) < 0 else { continue }
      let error = SystemError.last
      guard (try? folder.kind(isFollowed: true)) != DT_DIR else { continue }
      throw .cannotChange(folder, error == EEXIST ? SystemError(code: ENOTDIR) : error)
    }
  }
}
