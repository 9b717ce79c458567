/// What `-h` says where `--help` is longer than a screen: examples, usage, and of the options their names.
///
/// Made of the long text, so that it tells what that tells.
struct ShortHelp {
  private static let screenLines = 40
  private static let columns = 80
  private static let indent = 10
  let text: String

  init(of help: String) {
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > Self.screenLines,
      let first = lines.firstIndex(where: { Self.heading($0) != nil })
    else {
      text = help
      return
    }
    var shown = lines[..<first].map(String.init)
    var names: [String] = []
    var heading = ""
    func end() {
      if !names.isEmpty { shown += Self.filled(heading, names) }
      names = []
    }
    for line in lines[first...] {
      if let next = Self.heading(line) {
        end()
        heading = next
      } else if let name = Self.name(in: line) {
        names.append(name)
      }
    }
    end()
    text = (shown + ["", "With --help each of them is explained."]).joined(separator: "\n")
  }

  /// `RULES:`
  private static func heading(_ line: Substring) -> String? {
    let name = line.dropLast()
    guard line.last == ":", !name.isEmpty, name.allSatisfy(\.isUppercase) else { return nil }
    return String(name)
  }

  /// `--glob` of `  -g, --glob <glob>   Read only…`; nil for a line that explains.
  private static func name(in line: Substring) -> String? {
    guard line.hasPrefix("  -"), !line.hasPrefix("   ") else { return nil }
    let words = line.split(separator: " ").prefix { $0.hasPrefix("-") }
    return words.last.map(String.init)
  }

  private static func filled(_ heading: String, _ names: [String]) -> [String] {
    var lines: [String] = []
    var line = heading + String(repeating: " ", count: max(indent - heading.count, 1))
    for name in names {
      if line.count + 1 + name.count > columns, line.count > indent {
        lines.append(line)
        line = String(repeating: " ", count: indent)
      }
      line += (line.last == " " ? "" : " ") + name
    }
    return lines + [line]
  }
}
