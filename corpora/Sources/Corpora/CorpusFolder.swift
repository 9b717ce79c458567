internal import Foundation

/// A corpus as files of a folder: those of each dress in a folder of its own, and `manifest.jsonl`.
public struct CorpusFolder: CorpusSink {
  public static let manifestName = "manifest.jsonl"

  private let path: String
  private var file: FileHandle?
  private let manifest: FileHandle
  private var lines: [UInt8] = []
  public private(set) var byteCount: UInt64 = 0
  public private(set) var fileCount = 0
  public private(set) var labelCount = 0

  /// What is wrong with the folder.
  public enum Failure: Error, CustomStringConvertible {
    case isNotEmpty(String)
    case cannotWrite(String)

    public var description: String {
      switch self {
      case .isNotEmpty(let path): "\(path) is not empty; name a new folder"
      case .cannotWrite(let path): "cannot write \(path)"
      }
    }
  }

  /// Makes the folder if it is not there. One that holds something is refused: what lay there would be scanned, and no manifest would know it.
  public init(path: String) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard try FileManager.default.contentsOfDirectory(atPath: path).isEmpty else {
      throw Failure.isNotEmpty(path)
    }
    manifest = try Self.create("\(path)/\(Self.manifestName)")
  }

  private static func create(_ path: String) throws -> FileHandle {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw Failure.cannotWrite(path) }
    return file
  }

  public mutating func open(_ name: String) throws {
    try file?.close()
    let full = "\(path)/\(name)"
    let folder = full[..<full.lastIndex(of: "/")!]
    try FileManager.default.createDirectory(
      atPath: String(folder), withIntermediateDirectories: true)
    file = try Self.create(full)
    fileCount += 1
  }

  public mutating func write(_ bytes: [UInt8]) throws {
    try file?.write(contentsOf: bytes)
    byteCount += UInt64(bytes.count)
    // Labels come a piece at a time, as the bytes do.
    try manifest.write(contentsOf: lines)
    lines.removeAll(keepingCapacity: true)
  }

  public mutating func add(_ label: Label) throws {
    lines += label.line.utf8
    labelCount += 1
  }

  public mutating func close() throws {
    try manifest.write(contentsOf: lines)
    lines = []
    try manifest.close()
    try file?.close()
    file = nil
  }
}
