import Foundation
import WeirRules

extension RulePages {
  /// Writes the pages into a folder, and makes it if it is not there. What else is in it stays.
  func write(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appending(path: name), options: .atomic)
    }
  }
}
