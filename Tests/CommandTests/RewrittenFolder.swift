import Foundation
import Glibc
import Testing

/// A folder with a file that `redact --in-place` is to rewrite, and what it looks like afterwards.
struct RewrittenFolder {
  static let mask = "WEIR_REDACTED_github.personal-token"

  let folder: TemporaryFolder
  let file: String
  let old: [UInt8]
  let new: [UInt8]

  /// A short file, with one token.
  init(seed: UInt64) throws {
    var secrets = try Secrets(seed: seed)
    try self.init(
      holding: "first line\n" + secrets.token() + "\nlast",
      new: Array("first line\n\(Self.mask)\nlast".utf8))
  }

  init(holding old: [UInt8], new: [UInt8]) throws {
    self.old = old
    self.new = new
    folder = try TemporaryFolder()
    file = "\(folder.path)/file"
    try folder.add("file")
    try Data(old).write(to: URL(filePath: file))
  }

  func bytes(of name: String = "file") -> [UInt8]? {
    FileManager.default.contents(atPath: "\(folder.path)/\(name)").map { Array($0) }
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  func status(of name: String = "file") -> stat {
    var status = stat()
    lstat("\(folder.path)/\(name)", &status)
    return status
  }

  /// Nothing has changed, and nothing is beside it.
  func expectUntouched(_ note: Comment? = nil, location: SourceLocation = #_sourceLocation) {
    #expect(bytes() == old, note, sourceLocation: location)
    #expect(names == ["file"], note, sourceLocation: location)
  }

  func run(_ arguments: String..., fault: Fault? = nil) throws -> Command.Outcome {
    guard let fault else { return try Command.run(["redact", "-i"] + arguments + [file]) }
    return try Command.run(["redact", "-i"] + arguments + [file], fault: fault).outcome
  }
}
