public import WeirCore

/// The way of one input: read, scan, deliver, until it ends; and what became of its bytes.
public struct Passage: Sendable {
  public enum Failure: Error, Equatable, Sendable {
    case input(InputError)
    case git(GitError)
    case scan(Path, ScanError)
    case output(OutputError)
    case receipt(Path, ReceiptError)
    /// Of some windows nobody knows what is in them.
    case unjudged(Path, [UnjudgedWindows])
  }

  /// What to do with bytes that are undecided when a read fails.
  public enum Remainder: Sendable {
    /// They may be the first half of a secret: a redacted stream keeps them back.
    case withheld
    /// Look for what is whole in them: a scan lets nothing out.
    case scanned
  }

  public var receipt = Receipt()
  public var failure: Failure?
  /// Windows that were masked whole, because a rule could not judge them.
  public var unjudgedWindows: [UnjudgedWindows] = []
  /// The input is packed, and nothing of it has been scanned.
  public var packed: Packed?
}

extension Passage.Failure: CustomStringConvertible {
  public var description: String {
    switch self {
    case .input(let error): error.description
    case .git(let error): error.description
    case .scan(let path, .tooManyMatches(let offset)):
      "\(path.text): too many matches to hold behind byte \(offset); the rest was not looked at"
    case .scan(let path, .hyperscan(let error)):
      "\(path.text): \(error); the rest was not looked at"
    case .output(let error): error.description
    case .receipt(let path, let error): "\(path.text): \(error)"
    case .unjudged(let path, let windows): "\(path.text): \(windows.text); they were not judged"
    }
  }
}

extension Passage.Failure {
  /// - Parameter appearance: of a history, where the input appeared first.
  public func text(in appearance: Appearance?) -> String {
    switch self {
    case .input, .scan, .receipt, .unjudged: (appearance?.shortCommit ?? "") + description
    case .git, .output: description
    }
  }
}

extension [UnjudgedWindows] {
  /// `rule acme.token takes too long in 2 windows of 16 KiB`
  public var text: String {
    map { windows in
      let noun = windows.count == 1 ? "line or window" : "lines or windows"
      return
        "rule \(windows.ruleID) takes too many steps in \(windows.count) \(noun) of up to 16 KiB"
    }.joined(separator: ", ")
  }
}
