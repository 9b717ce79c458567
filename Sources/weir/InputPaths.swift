internal import ArgumentParser
internal import WeirIO

/// The inputs named on the command line, and by which bytes.
struct InputPaths: ParsableArguments {
  @Argument(
    help: "Files to read in order; `-`, or none, is standard input.",
    completion: .file())
  var path: [String] = []

  func paths() -> [Path] {
    path.isEmpty ? [.standardInput] : Self.paths(named: path)
  }

  /// The parser gives text; a file's name need not be text. The bytes are those of the argument
  /// that reads the same.
  static func paths(named names: [String]) -> [Path] {
    var arguments: [[UInt8]] = CommandLine.unsafeArgv[1..<Int(CommandLine.argc)]
    return names.map { text in
      guard let index = arguments.firstIndex(where: { reads($0, as: text) }) else {
        return Path(text)
      }
      return Path(arguments.remove(at: index))
    }
  }

  /// The repositories that are named; nil is the one here.
  func repositories() -> [Path?] { path.isEmpty ? [nil] : paths() }

  private static func reads(_ bytes: [UInt8], as text: String) -> Bool {
    String(decoding: bytes, as: UTF8.self).utf8.elementsEqual(text.utf8)
  }
}

extension UnsafeMutablePointer<UnsafeMutablePointer<Int8>?> {
  fileprivate subscript(range: Range<Int>) -> [[UInt8]] {
    range.compactMap { self[$0] }.map { argument in
      var bytes: [UInt8] = []
      var next = argument
      while next.pointee != 0 {
        bytes.append(UInt8(bitPattern: next.pointee))
        next += 1
      }
      return bytes
    }
  }
}
