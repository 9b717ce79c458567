import Foundation

/// A folder that commands are run in, as a person stands in a project.
struct WorkingFolder {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path
  }

  func add(_ name: String, _ bytes: [UInt8]) throws {
    if let slash = name.lastIndex(of: "/") { try folder.addFolder(String(name[..<slash])) }
    try folder.add(name, bytes)
  }

  func add(_ name: String, _ text: String) throws { try add(name, Array(text.utf8)) }

  func contents(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
  }

  func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Command.Outcome {
    try Self.run(arguments, in: path, input: input, environment: environment)
  }

  static func run(
    _ arguments: [String], in path: String, input: [UInt8] = [],
    environment: [String: String] = [:]
  ) throws -> Command.Outcome {
    try Command.run(
      arguments, through: "cd '\(path)' && exec \"$@\"", input: input, environment: environment)
  }
}

extension Command.Outcome {
  /// `path:line` of each finding that was reported as text.
  var places: [String] {
    lines.map { $0.split(separator: ":").prefix(2).joined(separator: ":") }
  }

  var lastError: String { errors.split(separator: "\n").last.map(String.init) ?? "" }
}
