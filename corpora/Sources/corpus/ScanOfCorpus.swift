import Corpora
import Foundation

/// The command, run over a folder as people run it.
struct ScanOfCorpus {
  let command: String
  let minConfidence: String

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// - Returns: the findings, with paths below the folder.
  func findings(in folder: String, except manifest: String) throws -> [Reported] {
    let report = FileManager.default.temporaryDirectory.appending(path: "findings-\(UUID())")
    guard FileManager.default.createFile(atPath: report.path(), contents: nil) else {
      throw Failed(description: "cannot write \(report.path())")
    }
    defer { try? FileManager.default.removeItem(at: report) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let scan = Process()
    scan.executableURL = URL(filePath: command)
    scan.arguments =
      ["scan", "--format", "jsonl", "--quiet", "--no-config", "--no-allow", "--no-ignore"]
      + ["--min-confidence", minConfidence]
      + names.filter { $0 != manifest }.map { "\(folder)/\($0)" }
    let file = try FileHandle(forWritingTo: report)
    scan.standardOutput = file
    try scan.run()
    scan.waitUntilExit()
    try file.close()
    guard scan.terminationReason == .exit, (0...1).contains(scan.terminationStatus) else {
      throw Failed(description: "\(command) scan ended with \(scan.terminationStatus)")
    }
    return try Reported.all(in: Data(contentsOf: report)).map { finding in
      var finding = finding
      finding.path.removeFirst(folder.count + 1)
      return finding
    }
  }
}
