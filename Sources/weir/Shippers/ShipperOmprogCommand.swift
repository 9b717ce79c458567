internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// rsyslog's omprog with `confirmMessages="on"`: `OK` when it is ready, and `OK` for each message that is in the file.
struct ShipperOmprogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "omprog",
    abstract: "For rsyslog's omprog: appends masked messages to a file, and confirms each.",
    usage: "weir shipper omprog --output <file> [<options>]",
    discussion: """
      A message is confirmed when its line is in the file. One that the file does not take is \
      answered with the reason, and rsyslog sends it again. SIGHUP opens the file anew.
      """)

  @Option(
    help: ArgumentHelp("Append the masked messages to this file.", valueName: "file"),
    completion: .file())
  var output: String

  @OptionGroup var options: ShipperOptions

  func run() throws {
    var replies = DaemonReplies()
    do {
      var messages = try options.messages()
      var file = try LineFile(appendingTo: Path(output))
      var lines = try MessageLines()
      Interruption.heed()
      LineFile.reopenOnHangUp()
      try replies.ok()
      var isRefused = false
      while let message = try lines.next() {
        do {
          try file.append(try messages.masked(message) ?? message)
        } catch {
          // It comes again each second: that it is refused is said once.
          if !isRefused { StandardError.say("\(error); the daemon sends the message again") }
          isRefused = true
          try replies.failed("\(error)")
          continue
        }
        if isRefused { StandardError.say("\(Path(output).text): takes messages again") }
        isRefused = false
        try replies.ok()
      }
      options.sayEnd(messages, restBytes: lines.restBytes)
    } catch let error as OutputError where error.isClosedPipe {
      ExitStatus.endAsClosedPipe()
    } catch let error as InputError where error.isInterruption {
      // What was confirmed is in the file; nothing else was promised.
    } catch {
      let complaint = ShipperOptions.complaint(of: error)
      try? replies.failed(complaint.text)
      throw complaint
    }
  }
}
