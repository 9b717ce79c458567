/// Why something packed was not unpacked, or not to its end.
public enum PackedError: Error, Equatable, Sendable {
  /// What stands there is not what has to be; what and where, in a library's words.
  case damaged(String)
  /// It can be unpacked by who knows a word.
  case encrypted
  /// What is unpacked of the whole input is more than `--max-archive-size`.
  case tooLarge(mostBytes: UInt64)
  /// What is unpacked of the whole input is more times its size than `--max-archive-ratio`.
  case tooDense(mostRatio: UInt64)
  /// It lies in as many others as `--archive-depth` says.
  case tooDeep(most: Int)
  /// Its list stands at its end and it has to be held, which this is too long for.
  case tooLongToHold(mostBytes: Int)
}

extension PackedError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .damaged(let reason): "is damaged: \(reason); what could be read was looked at"
    case .encrypted:
      "is encrypted, and was not looked at; unpack it and scan what comes out"
    case .tooLarge(let mostBytes):
      "unpacking stopped: the whole is more than \(mostBytes) bytes; "
        + "the rest was not looked at, --max-archive-size allows more"
    case .tooDense(let mostRatio):
      "unpacking stopped: the whole is more than \(mostRatio) times its packed size; "
        + "the rest was not looked at, --max-archive-ratio allows more"
    case .tooDeep(let most):
      "was not opened, only scanned as it is: it lies \(most) archives deep; --archive-depth goes deeper"
    case .tooLongToHold(let mostBytes):
      "was not opened, only scanned as it is: a 7z that is no file of its own is held, up to "
        + "\(mostBytes >> 20) MiB; unpack what it lies in"
    }
  }
}
