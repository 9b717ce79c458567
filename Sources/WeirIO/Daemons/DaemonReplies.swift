internal import Glibc

/// What a program tells the log daemon that started it, one line a message, on standard output.
public struct DaemonReplies: ~Copyable {
  /// rsyslog reads replies into 4,096 bytes.
  private static let mostReasonBytes = 2048

  private var output = OutputFile.standardOutput()

  public init() {}

  /// The message is where it belongs.
  public mutating func ok() throws(OutputError) { try output.write("OK\n") }

  /// It is not, and is to be sent again. Secrets in the reason are masked.
  public mutating func failed(_ reason: String) throws(OutputError) {
    let masked = Discretion.masked(Array(reason.utf8)) ?? Array("it cannot be said why".utf8)
    let shown = ShownText.escaped(String(decoding: masked, as: UTF8.self))
    try output.write("weir: \(String(shown.prefix(Self.mostReasonBytes / 4)))\n")
  }

  /// The message stays as it is.
  public mutating func unchanged() throws(OutputError) { try output.write("{}\n") }

  /// The message becomes this one: `{"msg":"…"}`.
  public mutating func changed(to message: UnsafeRawBufferPointer) throws(OutputError) {
    var line = Array(#"{"msg":""#.utf8)
    line.reserveCapacity(message.count + message.count / 8 + 16)
    JSONText.append(message, to: &line)
    line += "\"}\n".utf8
    try output.write(line)
  }
}
