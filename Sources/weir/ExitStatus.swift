internal import ArgumentParser
internal import Glibc
internal import WeirCore
internal import WeirIO
internal import WeirRules

/// How the command ended, for scripts. The worst that happened counts.
enum ExitStatus: Int32, Error, Comparable {
  case success = 0
  case findings = 1
  /// Not all was done, or the usage was wrong: a result of 0 or 1 would be a claim nobody checked.
  case incomplete = 2

  static func < (a: ExitStatus, b: ExitStatus) -> Bool { a.rawValue < b.rawValue }

  /// Says what is to be said of an error, and ends.
  static func exit(for error: any Error) -> Never {
    switch error {
    case let status as ExitStatus: Glibc.exit(status.rawValue)
    case let error as Complaint:
      StandardError.say(error.text)
    case is KeyError, is InputError, is RuleError, is HookError, is SuppressionError:
      StandardError.say("\(error)")
    case is CatalogueError:
      StandardError.sayOwnWords("\(error)")
    case _ where Weir.exitCode(for: error) == .success:
      // Help that was asked for.
      if let complaint = UsageComplaint(helpOn: Array(CommandLine.arguments.dropFirst())) {
        StandardError.say(complaint.text)
        break
      }
      let help = Weir.fullMessage(for: error)
      let isShort = CommandLine.arguments.contains("-h")
      do {
        try show(isShort ? ShortHelp(of: help).text : help)
        Glibc.exit(success.rawValue)
      } catch { StandardError.say(error.text) }
    default:
      StandardError.say(UsageComplaint(error, Array(CommandLine.arguments.dropFirst())).text)
    }
    Glibc.exit(incomplete.rawValue)
  }

  /// Writes lines to standard output; a list that was cut short must not look like a whole one.
  static func show(_ text: String) throws(Complaint) {
    var output = OutputFile.standardOutput()
    do throws(OutputError) { try output.write(text + "\n") } catch {
      if error.isClosedPipe { endAsClosedPipe() }
      throw Complaint(text: "\(error)")
    }
  }

  /// Ends as a program ends that SIGPIPE kills, also where the parent had the signal ignored.
  static func endAsClosedPipe() -> Never {
    signal(SIGPIPE, SIG_DFL)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    sigprocmask(SIG_UNBLOCK, &signals, nil)
    raise(SIGPIPE)
    Glibc.exit(128 + SIGPIPE)
  }
}

/// What is wrong with what was asked, in a line for the person who asked it.
struct Complaint: Error {
  let text: String
}
