internal import Glibc

/// A work tree of git, as far as it says what is ignored.
struct WorkTree {
  static let name = Array(".git".utf8)
  /// As much is read of a file that names a folder.
  private static let mostPointerBytes = 1 << 13

  private let directory: Path

  /// - Parameter directory: that has a `.git`.
  init(at directory: Path) { self.directory = directory }

  /// The root of the repository that a directory lies in.
  ///
  /// - Parameter place: the real name, with a slash at the end.
  /// - Returns: how much of the place is the root; nil when it lies in none, is the root itself, or lies in a `.git`.
  static func root(above place: [UInt8]) -> Int? {
    let slash = UInt8(ascii: "/")
    if place.split(separator: slash).contains(where: { $0.elementsEqual(name) }) { return nil }
    if Path(place + name).exists { return nil }
    let end = place.indices.dropLast().reversed().first {
      place[$0] == slash && Path(place[...$0] + name).exists
    }
    return end.map { $0 + 1 }
  }

  /// The files beside `.gitignore` that ignore for the whole repository, the one that yields first: the user's own
  /// (`core.excludesFile`), and the repository's.
  var excludes: [Path] {
    [usersExcludes, commonFolder.appending("info/exclude".utf8)].compactMap { $0 }
  }

  /// The files that it tracks.
  var trackedFiles: TrackedFiles { TrackedFiles(index: ownFolder.appending("index".utf8)) }

  /// `.git`, or of a work tree apart and of a submodule the folder that its `.git` names.
  private var ownFolder: Path {
    let git = directory.appending(Self.name)
    let pointer = Self.line(of: git)
    guard let pointer, pointer.starts(with: Array("gitdir: ".utf8)) else { return git }
    return directory.joined(with: pointer.dropFirst("gitdir: ".utf8.count))
  }

  /// Where what all work trees share is.
  private var commonFolder: Path {
    let own = ownFolder
    return Self.line(of: own.appending("commondir".utf8)).map { own.joined(with: $0[...]) } ?? own
  }

  /// The only line of a file; nil where there is no such file.
  private static func line(of path: Path) -> [UInt8]? {
    guard (try? path.kind(isFollowed: true)) == DT_REG,
      let bytes = try? path.contents(mostBytes: mostPointerBytes)
    else { return nil }
    return Array(bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
  }
}

// What the user has git ignore everywhere.
extension WorkTree {
  private static let mostSettingsBytes = 1 << 20
  /// Where git finds settings besides its files.
  private static let settingsVariables = [
    "GIT_CONFIG_SYSTEM", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS",
  ]

  private var usersExcludes: Path? {
    // Git is asked only where its settings may say something: it takes milliseconds to start.
    let areElsewhere = Self.settingsVariables.contains { getenv($0) != nil }
    guard areElsewhere || settings.contains(where: Self.mayNameExcludes) else {
      return Self.standardExcludes
    }
    guard let file = GitSettings.excludesFile(in: directory), !file.isEmpty else {
      return Self.standardExcludes
    }
    return directory.joined(with: file[...])
  }

  private var settings: [Path] {
    let users = [
      Self.home?.appending(".gitconfig".utf8), Self.userSettings?.appending("config".utf8),
    ]
    return [Path("/etc/gitconfig")] + users.compactMap { $0 } + [
      commonFolder.appending("config".utf8)
    ]
  }

  private static func mayNameExcludes(_ settings: Path) -> Bool {
    guard settings.exists, let bytes = try? settings.contents(mostBytes: mostSettingsBytes) else {
      return false
    }
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return text.contains("excludesfile") || text.contains("[include")
  }

  private static var standardExcludes: Path? { userSettings?.appending("ignore".utf8) }

  private static var userSettings: Path? {
    folder("XDG_CONFIG_HOME")?.appending("git".utf8) ?? home?.appending(".config/git".utf8)
  }

  private static var home: Path? { folder("HOME") }

  private static func folder(_ variable: String) -> Path? {
    guard let value = Environment.bytes(of: variable), !value.isEmpty else { return nil }
    return Path(value)
  }
}
