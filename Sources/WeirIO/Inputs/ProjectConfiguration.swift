internal import Glibc

/// Why a configuration was not read.
public enum ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
  case input(InputError)
  /// It is a directory, a pipe, a device.
  case isNoFile(Path)
  /// It was found, and leads elsewhere.
  case isLink(Path)
  case isStandardInput
  case tooLong(Path, mostBytes: Int)
  case isNoText(Path)

  public var description: String {
    switch self {
    case .input(let error): "\(error)"
    case .isNoFile(let path):
      "\(path.text): is no file; a configuration is a TOML file, and --no-config reads none"
    case .isLink(let path):
      "\(path.text): is a link, and one that is found may not be; name it by --config, or give --no-config"
    case .isStandardInput: "--config -: standard input is what is scanned; name a file"
    case .tooLong(let path, let mostBytes):
      "\(path.text): is longer than \(mostBytes >> 10) KiB, which no configuration is"
    case .isNoText(let path): "\(path.text): is no UTF-8 text; a configuration is a TOML file"
    }
  }
}

/// The configuration of the current project: the nearest `weir.toml` from the working directory up to the root of its
/// repository; outside of any, the one that is here. What is scanned has no say in it.
public enum ProjectConfiguration {
  private static let name = Array("weir.toml".utf8)
  private static let mostBytes = 1 << 18

  /// - Returns: the file, as told from the working directory; nil where there is none.
  public static func find() -> Path? {
    guard var place = Path(".").real else { return nil }
    if place.last != UInt8(ascii: "/") { place.append(UInt8(ascii: "/")) }
    let root = WorkTree.root(above: place) ?? place.count
    var directory: [UInt8] = []
    while true {
      if Path(place + name).exists { return Path(directory + name) }
      guard place.count > root else { return nil }
      place.removeLast()
      place.removeLast(place.count - 1 - (place.lastIndex(of: UInt8(ascii: "/")) ?? 0))
      directory += Array("../".utf8)
    }
  }

  /// The text of one that was found: a file, and nothing that leads to one.
  public static func text(ofFound path: Path) throws(ConfigurationError) -> String {
    let kind: Int
    do throws(SystemError) { kind = try path.kind(isFollowed: false) } catch {
      throw .input(.cannotOpen(path, error))
    }
    if kind == DT_LNK { throw .isLink(path) }
    guard kind == DT_REG else { throw .isNoFile(path) }
    return try text(of: path, mayWait: false)
  }

  /// The text of one that somebody named, which may be a pipe.
  public static func text(ofNamed path: Path) throws(ConfigurationError) -> String {
    if path.isStandardInput { throw .isStandardInput }
    if (try? path.kind(isFollowed: true)) == DT_DIR { throw .isNoFile(path) }
    return try text(of: path, mayWait: true)
  }

  private static func text(
    of path: Path, mayWait: Bool
  ) throws(ConfigurationError) -> String {
    let contents: [UInt8]?
    do throws(InputError) {
      contents = try path.contents(mostBytes: mostBytes, mayWait: mayWait)
    } catch { throw .input(error) }
    guard let contents else { throw .tooLong(path, mostBytes: mostBytes) }
    guard !contents.contains(0), let text = String(validating: contents, as: UTF8.self) else {
      throw .isNoText(path)
    }
    return text
  }
}

extension Path {
  /// What lies there is the folder's own, wherever links lead; also the folder itself.
  public func lies(below folder: Path) -> Bool {
    guard let real, var start = folder.real else { return false }
    if real == start { return true }
    if start.last != UInt8(ascii: "/") { start.append(UInt8(ascii: "/")) }
    return real.starts(with: start)
  }

  /// The folder that it lies in, by its words.
  public var folder: Path {
    let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
    return slash.map { Path(Array(bytes[..<max($0, 1)])) } ?? Path(".")
  }
}
