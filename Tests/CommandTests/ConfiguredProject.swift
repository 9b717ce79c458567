import Foundation

/// A repository with a configuration, in which the command is run.
struct ConfiguredProject {
  let packer: Packer
  var path: String { packer.path }

  /// - Parameter configuration: of `weir.toml`; nil for none.
  init(_ configuration: String? = nil) throws {
    packer = try Packer()
    try packer.run("git init -q .; mkdir -p sub/deep")
    if let configuration { try configure(configuration) }
  }

  func configure(_ text: String, at name: String = "weir.toml") throws {
    try packer.folder.add(name, Array("\(text)\n".utf8))
  }

  func run(
    _ arguments: String..., in folder: String = ".", input: [UInt8] = [],
    environment: [String: String] = [:]
  ) throws -> Command.Outcome {
    try Command.run(
      arguments, through: "cd '\(path)/\(folder)' && exec \"$@\"", input: input,
      environment: environment)
  }

  /// What a setting is, and where it comes from.
  func setting(
    _ key: String, _ options: String..., in folder: String = ".",
    environment: [String: String] = [:]
  ) throws -> String {
    let outcome = try Command.run(
      ["config", "show"] + options, through: "cd '\(path)/\(folder)' && exec \"$@\"",
      environment: environment)
    let line = outcome.lines.first { $0.hasPrefix("\(key) ") }
    return line?.split(separator: " ").dropFirst().joined(separator: " ") ?? outcome.errors
  }
}
