internal import ArgumentParser
internal import WeirIO
internal import WeirRules

/// `weir config show`: each setting, its value, and where it comes from.
struct ConfigShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows each setting of a scan, its value, and where it comes from.",
    discussion: """
      Takes the options of a scan, and shows what it would be set to with them. An option counts \
      before the environment (WEIR_THREADS), that before the file, that before what is built in. \
      The file is the one that --config or WEIR_CONFIG names, or the project's weir.toml.
      """)

  @OptionGroup(visibility: .hidden) var scan: ScanCommand

  @Flag(help: "Show an array of JSON objects.")
  var json = false

  func run() throws {
    if let path = scan.inputs.path.first {
      throw Complaint(text: "\(path): nothing is scanned here; leave paths out")
    }
    let configuration = try Configuration(of: scan)
    let rows = Setting.all.map { setting in
      Row(
        key: setting.key, isList: setting.kind == .list,
        values: setting.values(configuration.command), origin: configuration.origin(of: setting))
    }
    try ExitStatus.show(json ? Row.json(of: rows) : Row.text(of: rows))
  }

  private struct Row {
    let key: String
    let isList: Bool
    let values: [String]?
    let origin: Setting.Origin

    private var valueText: String { values.map { $0.joined(separator: ", ") } ?? "-" }

    static func text(of rows: [Row]) -> String {
      let keyWidth = rows.map(\.key.count).max() ?? 0
      let valueWidth = min(rows.map(\.valueText.count).max() ?? 0, 40)
      func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
      }
      return rows.map { row in
        padded(row.key, keyWidth) + "  " + padded(ShownText.escaped(row.valueText), valueWidth)
          + "  " + ShownText.escaped(row.origin.text)
      }.joined(separator: "\n")
    }

    static func json(of rows: [Row]) -> String {
      "[\n" + rows.map { "  " + $0.json }.joined(separator: ",\n") + "\n]"
    }

    private var json: String {
      let value =
        isList
        ? JSONText.array(values ?? []) : values.map { JSONText.quoted($0[0]) } ?? "null"
      let facts = [("key", JSONText.quoted(key)), ("value", value)] + origin.facts
      return "{" + facts.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }
  }
}

extension Setting.Origin {
  fileprivate var text: String {
    switch self {
    case .builtIn: "built in"
    case .option: "option"
    case .variable(let name): name
    case .file(let path, let line): "\(path):\(line)"
    }
  }

  fileprivate var facts: [(String, String)] {
    switch self {
    case .builtIn: [("origin", "\"built in\"")]
    case .option: [("origin", "\"option\"")]
    case .variable(let name):
      [("origin", "\"variable\""), ("variable", JSONText.quoted(name))]
    case .file(let path, let line):
      [("origin", "\"file\""), ("file", JSONText.quoted(path)), ("line", "\(line)")]
    }
  }
}
