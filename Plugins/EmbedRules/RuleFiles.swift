import Foundation

extension URL {
  func ruleFiles() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: self, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "toml" }
      .sorted { $0.path() < $1.path() }
  }

  var exists: Bool { FileManager.default.fileExists(atPath: path()) }
}
