internal import ArgumentParser
internal import Glibc

/// What is said of arguments that mean nothing: which, and what may have been meant.
struct UsageComplaint {
  let text: String

  /// - Parameter error: the parser's, of these arguments.
  init(_ error: any Error, _ arguments: [String]) {
    let path = CommandPath(arguments)
    if let unknown = path.unknown {
      self.init(unknown, behind: path)
      return
    }
    let message = Weir.message(for: error)
    // Where only some values are right, the parser lists them.
    guard let request = message.firstRange(of: ". Please provide one of") else {
      self.init(message, near: [], behind: path)
      return
    }
    let values = Self.values(in: message[request.upperBound...])
    let value = message.split(separator: "'").dropFirst().first
    self.init(
      "\(message[..<request.lowerBound]), which takes \(values.joined(separator: ", "))",
      near: NearNames.of(String(value ?? ""), among: values), behind: path)
  }

  /// - Parameter list: `'text' or 'json'.`, or, where there are many, a line for each.
  private static func values(in list: Substring) -> [String] {
    let lines = list.split(separator: "\n  - ").dropFirst().map(String.init)
    guard lines.isEmpty else { return lines }
    let parts = list.split(separator: "'", omittingEmptySubsequences: false)
    return parts.indices.filter { ($0 - parts.startIndex) % 2 == 1 }.map { String(parts[$0]) }
  }

  /// - Returns: nil where what `weir help` is asked about is a command.
  init?(helpOn arguments: [String]) {
    guard arguments.first == "help" else { return nil }
    let path = CommandPath(Array(arguments.dropFirst()))
    guard let unknown = path.unknown else { return nil }
    self.init(unknown, behind: path)
  }

  private init(_ unknown: String, behind path: CommandPath) {
    var near = NearNames.of(unknown, among: path.commands.map { $0._commandName })
    near = near.map { "\(path.text) \($0)" }
    if near.isEmpty, path.names.count == 1, access(unknown, F_OK) == 0 {
      near = ["\(path.text) scan \(unknown)"]
    }
    self.init("\(unknown): there is no such command", near: near, behind: path)
  }

  private init(_ complaint: String, near: [String], behind path: CommandPath) {
    let meant = near.joined(separator: " or ")
    let end = complaint.hasSuffix("?") ? "" : near.isEmpty ? ";" : "; did you mean \(meant)?"
    text = "\(complaint)\(end) see `\(path.text) --help`"
  }
}
