internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// rsyslog's mmexternal with `interface.input="msg"`: each message is answered with `{}`, or with what it becomes.
struct ShipperMmexternalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mmexternal",
    abstract: "For rsyslog's mmexternal: answers each message with the masked one.",
    usage: "weir shipper mmexternal [<options>]",
    discussion: """
      Masks the property msg, and what rawmsg has of it. When this program dies, rsyslog passes \
      messages on unmasked; where that must not be, use omprog.
      """)

  /// What a message becomes that could not be looked at: rsyslog would pass it as it is.
  private static let withheld = Array(
    " weir: a message that could not be looked at is withheld".utf8)

  @OptionGroup var options: ShipperOptions

  func run() throws {
    do {
      var messages = try options.messages()
      var lines = try MessageLines()
      var replies = DaemonReplies()
      Interruption.heed()
      while let message = try lines.next() {
        do {
          guard let masked = try messages.masked(message) else {
            try replies.unchanged()
            continue
          }
          try replies.changed(to: masked)
        } catch let error as ScanError {
          StandardError.say("\(error)")
          try Self.withheld.withUnsafeBytes { try replies.changed(to: $0) }
        }
      }
      options.sayEnd(messages, restBytes: lines.restBytes)
    } catch let error as OutputError where error.isClosedPipe {
      ExitStatus.endAsClosedPipe()
    } catch let error as InputError where error.isInterruption {
      // Each message that came was answered.
    } catch {
      throw ShipperOptions.complaint(of: error)
    }
  }
}
