import WeirSpecimens

/// The programs whose output is mixed in the sample.
enum Voice: CaseIterable {
  case access, syslog, json, trace, build, environment, modelStream, transcript

  var isJSON: Bool {
    switch self {
    case .json, .modelStream, .transcript: true
    case .access, .syslog, .trace, .build, .environment: false
    }
  }
}

/// Time and chance, as the voices go on.
struct VoiceState {
  private static let paths = ["/", "/health", "/api/orders", "/api/users/7", "/static/app.css"]
  private static let agents = ["curl/8.5.0", "Mozilla/5.0 (X11; Linux x86_64)", "probe/2"]
  private static let units = ["sshd", "cron", "kernel", "systemd"]
  private static let notes = [
    "connection closed by peer", "job finished", "cache warmed", "retrying in 200 ms",
    "lease renewed", "queue is empty",
  ]
  private static let classes = ["OrderService", "Ledger", "HttpGateway", "Scheduler"]
  private static let steps = ["checkout", "restore cache", "compile", "run tests", "upload report"]
  private static let words = ["The", "river", "rises", "with", "every", "rain", "and", "falls"]

  var random: SplitMix64
  private var second = 0

  init(random: SplitMix64) {
    self.random = random
  }

  /// One line without its end; `leak` stands where such lines leak.
  mutating func line(of voice: Voice, saying leak: [UInt8]?) -> [UInt8] {
    second += 1 + random.below(5)
    let (before, plain, after) = frame(of: voice)
    return Array(before.utf8) + (leak ?? Array(plain.utf8)) + Array(after.utf8)
  }

  /// What stands before and behind the place of the leak, and what stands there otherwise.
  private mutating func frame(of voice: Voice) -> (String, String, String) {
    let number = random.below(9000) + 1000
    switch voice {
    case .access:
      let status = random.pick([200, 200, 200, 204, 301, 404])
      return (
        "10.0.\(random.below(8)).\(random.below(250)) - - [21/Nov/2026:\(clock) +0000] "
          + "\"GET \(random.pick(Self.paths))?q=", "\(number)",
        " HTTP/1.1\" \(status) \(number) \"-\" \"\(random.pick(Self.agents))\""
      )
    case .syslog:
      return (
        "Nov 21 \(clock) gate\(random.below(4)) \(random.pick(Self.units))[\(number)]: ",
        random.pick(Self.notes), ""
      )
    case .json:
      return (
        "{\"time\":\"2026-11-21T\(clock)Z\",\"level\":\"info\",\"request\":\(number),\"message\":\"",
        random.pick(Self.notes), "\"}"
      )
    case .trace:
      let name = random.pick(Self.classes)
      return (
        "java.lang.IllegalStateException: \(name) refused: ", random.pick(Self.notes),
        "\n\tat example.app.\(name).call(\(name).java:\(random.below(400) + 1))"
          + "\n\tat java.base/java.lang.Thread.run(Thread.java:1583)"
      )
    case .build:
      return (
        "[\(clock)] \(random.pick(Self.steps)) #\(number)\n+ ", random.pick(Self.notes),
        "\n\u{1B}[32mok\u{1B}[0m in \(random.below(90)) s"
      )
    case .environment:
      return ("# environment of worker \(number)\nHOME=/srv/app\n", "TZ=UTC", "\nLANG=C.UTF-8")
    case .modelStream:
      return (
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
          + "\"delta\":{\"type\":\"text_delta\",\"text\":\" ", random.pick(Self.words), "\"}}\n"
      )
    case .transcript:
      return (
        "{\"role\":\"tool\",\"turn\":\(number),\"content\":\"$ cat notes.txt\\n",
        random.pick(Self.notes), "\\n\"}"
      )
    }
  }

  private var clock: String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(two(second / 3600 % 24)):\(two(second / 60 % 60)):\(two(second % 60))"
  }
}
