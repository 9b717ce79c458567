internal import Glibc
internal import WeirIO
internal import WeirRules

/// The file that a scan takes settings from.
struct ConfigurationInUse {
  static let variable = "WEIR_CONFIG"

  let path: Path
  /// It came with the project, and may not set all.
  let isFound: Bool

  /// The one that is named, or else the project's; nil where there is none, or none is wanted.
  init?(_ options: ConfigurationOptions) throws(Complaint) {
    if options.noConfig { return nil }
    if let name = options.config ?? getenv(Self.variable).map({ String(cString: $0) }) {
      // A pipeline lost its name.
      if name.isEmpty {
        throw Complaint(
          text: "\(options.config == nil ? Self.variable : "--config"): expected a file")
      }
      (path, isFound) = (Path(name), false)
    } else {
      guard let found = ProjectConfiguration.find() else { return nil }
      (path, isFound) = (found, true)
    }
  }

  func read() throws -> ConfigurationFile {
    let text: String
    do throws(ConfigurationError) {
      text =
        isFound
        ? try ProjectConfiguration.text(ofFound: path)
        : try ProjectConfiguration.text(ofNamed: path)
    } catch { throw Complaint(text: "\(error)") }
    let kinds = Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.key, $0.kind) })
    return try ConfigurationFile(path: path.text, text: text, kinds: kinds) { key in
      if Setting.optionsOfRuns.contains(key) {
        return "\(key): is not set here; whoever runs a scan gives --\(key) or not"
      }
      let near = NearNames.of(key, among: kinds.keys)
      return "there is no setting \(key)"
        + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?")
        + "; `weir config show` shows all"
    }
  }

  /// The values of a setting in the file, with files told from its folder on; they may lie outside of it where it was named.
  func values(
    of entry: ConfigurationFile.Entry, for setting: Setting, in file: ConfigurationFile
  ) throws(RuleError) -> [String] {
    guard setting.isPath else { return entry.values }
    var values: [String] = []
    for value in entry.values {
      let path = path.folder.joined(with: Array(value.utf8)[...])
      if isFound, !path.lies(below: self.path.folder) {
        throw file.error(
          at: entry.key, "\(entry.key): \(value) is no file of this project; name it by --config")
      }
      values.append(path.text)
    }
    return values
  }
}
