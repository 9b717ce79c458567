internal import WeirIO
internal import WeirRules

/// Something that options, the environment and a configuration set alike.
struct Setting: Sendable {
  typealias Kind = ConfigurationFile.Kind

  enum Origin: Equatable {
    case builtIn, option
    case variable(String)
    case file(String, line: Int)
  }

  /// What a configuration that was found may do with it: it came with the project, from whoever made that.
  enum Trust: Sendable {
    case full
    /// Not beyond this, which would take time and memory of the machine.
    case upTo(String, @Sendable (ScanCommand) -> Bool)
    /// A file of the project's own.
    case ownFiles
    /// For this reason.
    case none(String)
  }

  /// A long option without its dashes.
  let key: String
  let kind: Kind
  /// Its values are names of files, told from the configuration's folder on.
  let isPath: Bool
  /// What sets it in the environment.
  let variable: String?
  /// The variable holds what is not shown, and is read where it is used.
  let isSecret: Bool
  let trust: Trust
  let isGiven: @Sendable (ScanCommand) -> Bool
  /// Gives the second what the first has.
  let copy: @Sendable (ScanCommand, inout ScanCommand) -> Void
  /// What it is; nil for nothing.
  let values: @Sendable (ScanCommand) -> [String]?

  /// Of one value.
  init<Value>(
    _ key: String, _ kind: Kind, _ path: any WritableKeyPath<ScanCommand, Value?> & Sendable,
    builtIn: String? = nil, isPath: Bool = false, isSecret: Bool = false, trust: Trust = .full,
    text: @escaping @Sendable (Value) -> String = { "\($0)" }
  ) {
    self.key = key
    self.kind = kind
    self.isPath = isPath
    self.isSecret = isSecret
    self.trust = trust
    variable = Self.variable(of: key)
    isGiven = { $0[keyPath: path] != nil }
    copy = { $1[keyPath: path] = $0[keyPath: path] }
    values = { command in (command[keyPath: path].map(text) ?? builtIn).map { [$0] } }
  }

  /// Of any number of values.
  init<Value>(
    list key: String, _ path: any WritableKeyPath<ScanCommand, [Value]> & Sendable,
    isPath: Bool = false, hasVariable: Bool = true, trust: Trust = .full,
    text: @escaping @Sendable (Value) -> String = { "\($0)" }
  ) {
    self.key = key
    kind = .list
    self.isPath = isPath
    isSecret = false
    self.trust = trust
    variable = hasVariable ? Self.variable(of: key) : nil
    isGiven = { !$0[keyPath: path].isEmpty }
    copy = { $1[keyPath: path] = $0[keyPath: path] }
    values = { $0[keyPath: path].isEmpty ? nil : $0[keyPath: path].map(text) }
  }

  /// `max-filesize`: `WEIR_MAX_FILESIZE`
  private static func variable(of key: String) -> String {
    "WEIR_" + key.uppercased().replacing("-", with: "_")
  }

  /// The words of a command line that set it to this.
  func words(for values: [String]) -> [String] {
    if kind == .flag { return [values == ["true"] ? "--\(key)" : "--no-\(key)"] }
    return values.map { "--\(key)=\($0)" }
  }
}
