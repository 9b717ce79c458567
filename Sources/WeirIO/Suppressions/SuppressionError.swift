/// Why a file of what is to be let be was not taken, or not written.
public enum SuppressionError: Error, CustomStringConvertible {
  case unreadable(InputError)
  case tooLong(Path, mostBytes: Int)
  /// Nothing of it is taken.
  case damaged(Path, line: Int?, reason: String)
  case exists(Path)
  case cannotWrite(Path, SystemError)

  public var description: String {
    switch self {
    case .unreadable(let error): "\(error)"
    case .tooLong(let path, let mostBytes):
      "\(path.text): is longer than \(mostBytes >> 20) MiB, and not read; check the path, or give --no-allow"
    case .damaged(let path, let line, let reason):
      path.text + (line.map { ":\($0)" } ?? "") + ": \(reason); it is taken whole or not at all"
    case .exists(let path):
      "\(path.text): is there already; `weir baseline update` goes on with it"
    case .cannotWrite(let path, let error):
      "\(path.text): cannot be written: \(error); what was there is as it was"
    }
  }
}

extension Path {
  /// All of a file that says what is to be let be.
  package func suppressionFile(mostBytes: Int) throws(SuppressionError) -> [UInt8] {
    let bytes: [UInt8]?
    do throws(InputError) { bytes = try contents(mostBytes: mostBytes, mayWait: true) } catch {
      throw .unreadable(error)
    }
    guard let bytes else { throw .tooLong(self, mostBytes: mostBytes) }
    return bytes
  }
}
