/// Why a file was left as it was, or what is not sure of the one that took its place.
public enum RewriteError: Error, Equatable, Sendable {
  /// It was not read.
  case input(InputError)
  case isStandardInput
  case isDirectory(Path)
  case isSpecial(Path)
  /// What is packed and has a mask in it could not be unpacked.
  case isPacked(Path, by: String)
  case isReadOnly(Path, SystemError)
  /// Under its other names it would stay as it is.
  case hasOtherNames(Path, count: UInt64)
  /// It is not what it was, or another has its name.
  case changed(Path)
  case cannotCreate(Path, SystemError)
  /// What of it the new file could not have.
  case cannotKeep(String, of: Path, SystemError)
  /// The new file is not whole.
  case notCopied(Passage.Failure)
  /// There is something of that name.
  case hasBackup(Path, name: Path)
  case cannotBackUp(Path, name: Path, SystemError)
  case cannotReplace(Path, SystemError)
  /// It was rewritten, and a loss of power may undo that.
  case isNotSure(Path, SystemError)

  public var isInterruption: Bool {
    switch self {
    case .input(let error), .notCopied(.input(let error)): error.isInterruption
    default: false
    }
  }
}

extension RewriteError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .input(let error): "\(error)"
    case .notCopied(let failure): "\(failure); the file is as it was"
    case .isStandardInput: "<stdin>: is no file that could be rewritten; name files"
    case .isNotSure(let path, let error):
      "\(path.text): is rewritten, but may be as it was after a loss of power: \(error)"
    case .isDirectory(let path): left(path, "is a directory; name files, as `find` and `xargs` do")
    case .isSpecial(let path):
      left(path, "is a FIFO, socket or device; redact it as a stream, without --in-place")
    case .isPacked(let path, let packing):
      left(path, "is packed (\(packing)), and masks would damage it; unpack it first")
    case .isReadOnly(let path, let error):
      left(path, "is not to be written: \(error); change its permissions first")
    case .hasOtherNames(let path, let count):
      left(
        path,
        "has \(count) names (hard links), and would keep what is masked under the others; "
          + "--break-links rewrites it under this one alone")
    case .changed(let path):
      left(path, "was changed while it was read; run it again when nobody writes to it")
    case .cannotCreate(let path, let error):
      left(path, "no new file can be made beside it: \(error); check its directory")
    case .cannotKeep(let what, let path, let error):
      left(path, "the new file cannot have its \(what): \(error); run it as its owner, or as root")
    case .hasBackup(let path, let name):
      left(
        path, "its backup would be \(name.text), which is there; move that, or give another suffix")
    case .cannotBackUp(let path, let name, let error):
      left(path, "no backup \(name.text) can be made: \(error); check its directory")
    case .cannotReplace(let path, let error):
      left(path, "the new file cannot take its place: \(error); check its directory")
    }
  }

  private func left(_ path: Path, _ reason: String) -> String {
    "\(path.text): \(reason); the file is as it was"
  }
}
