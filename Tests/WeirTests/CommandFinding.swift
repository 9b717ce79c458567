import Foundation
import Weir

/// A line of `weir scan --format jsonl`, as far as a finding of the library says the same.
struct CommandFinding: Decodable, Equatable {
  let rule: String
  let start: UInt64
  let end: UInt64
  let line: UInt64
  let column: UInt64
  /// The prefix of the rule, and stars.
  let masked: String
  let check: String
  let confidence: String

  init(_ finding: Finding, prefix: [UInt8]) {
    rule = finding.rule
    start = finding.range.lowerBound
    end = finding.range.upperBound
    line = finding.line
    column = finding.column
    masked = String(decoding: prefix.prefix(finding.prefixBytes), as: UTF8.self) + "****"
    check = "\(finding.check)"
    confidence = "\(finding.confidence)"
  }

  /// What the command finds: the one that `WEIR_COMMAND` names, or that was built beside the tests.
  static func all(in input: [UInt8]) throws -> [CommandFinding] {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let neighbour = URL(filePath: tests).deletingLastPathComponent().appending(path: "weir")
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "input")
    try Data(input).write(to: file)

    let process = Process()
    process.executableURL =
      ProcessInfo.processInfo.environment["WEIR_COMMAND"].map { URL(filePath: $0) } ?? neighbour
    process.arguments = ["scan", "--exit-zero", "--format", "jsonl"]
    process.standardInput = try FileHandle(forReadingFrom: file)
    process.standardError = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let lines = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return try lines.split(separator: 0x0A).map {
      try JSONDecoder().decode(CommandFinding.self, from: $0)
    }
  }
}
