internal import WeirSpecimens

/// Lines as daemons, services and web servers write them.
enum LogWriter {
  static func line(turn: Int, _ random: inout SplitMix64) -> String {
    let clock = clock(turn / 7)
    switch random.below(10) {
    case 0..<4: return syslog(clock, &random)
    case 4..<7: return json(clock, &random)
    default: return access(clock, &random)
    }
  }

  private static func clock(_ second: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(two(second / 3600 % 24)):\(two(second / 60 % 60)):\(two(second % 60))"
  }

  private static func address(_ random: inout SplitMix64) -> String {
    "10.\(random.below(4)).\(random.below(256)).\(random.number(1, 254))"
  }

  private static func syslog(_ clock: String, _ random: inout SplitMix64) -> String {
    let head =
      "Nov 21 \(clock) \(random.pick(Words.hosts)) \(random.pick(Words.units))[\(random.number(200, 32000))]: "
    switch random.below(8) {
    case 0:
      return head + "Accepted publickey for deploy from \(address(&random)) port "
        + "\(random.number(30000, 60000)) ssh2: RSA SHA256:\(random.base64(43))"
    case 1:
      return head + "Failed password for invalid user admin from \(address(&random)) port "
        + "\(random.number(30000, 60000)) ssh2"
    case 2:
      return head + "[\(random.number(1000, 90000)).\(random.number(100_000, 999_999))] eth0: "
        + "renamed from veth\(random.hex(7))"
    case 3:
      return head + "time=\"2026-11-21T\(clock)Z\" level=info msg=\"ignoring event\" "
        + "container=\(random.hex(64)) module=libcontainerd"
    case 4: return head + "pam_unix(sudo:session): session opened for user root(uid=0)"
    case 5:
      return head
        + "rotated \(random.name()): next in \(random.number(1, 90)) d, id \(random.uuid())"
    default: return head + random.words(random.number(5, 14))
    }
  }

  private static func json(_ clock: String, _ random: inout SplitMix64) -> String {
    let service = random.pick(Words.services)
    var facts = [
      "\"time\":\"2026-11-21T\(clock).\(random.number(100, 999))Z\"",
      "\"level\":\"\(random.pick(["info", "info", "info", "debug", "warn", "error"]))\"",
      "\"service\":\"\(service)\"", "\"trace_id\":\"\(random.hex(32))\"",
      "\"span_id\":\"\(random.hex(16))\"",
    ]
    switch random.below(120) {
    case 0..<24: facts.append("\"request_id\":\"\(random.uuid())\"")
    case 24:
      facts.append(
        "\"cache_key\":\"\(service):\(random.pick(Words.things)):\(random.below(99999))\"")
    case 25: facts.append("\"next_page_token\":null,\"page_size\":\(random.number(10, 100))")
    case 26..<42: facts.append("\"image\":\"registry.local/\(service)@sha256:\(random.hex(64))\"")
    case 42..<58: facts.append("\"commit\":\"\(random.hex(40))\"")
    default: facts.append("\"\(random.name())\":\(random.below(100_000))")
    }
    facts.append("\"duration_ms\":\(random.below(900))")
    facts.append("\"message\":\"\(random.words(random.number(3, 10)))\"")
    return "{" + facts.joined(separator: ",") + "}"
  }

  private static func access(_ clock: String, _ random: inout SplitMix64) -> String {
    let path = random.pick(Words.paths)
    let query =
      switch random.below(60) {
      case 0: "?page=\(random.below(40))&sort_key=\(random.pick(Words.things))"
      case 1..<10: "?v=\(random.hex(8))"
      case 10: "?state=\(random.hex(32))&redirect_uri=https%3A%2F%2Fapp.local%2Fdone"
      default: ""
      }
    let referrer = random.below(20) == 0 ? "https://app.local\(random.pick(Words.paths))" : "-"
    return "\(address(&random)) - - [21/Nov/2026:\(clock) +0000] \"GET \(path)\(query) HTTP/1.1\" "
      + "\(random.pick([200, 200, 200, 204, 301, 304, 404, 500])) \(random.number(100, 90000)) "
      + "\"\(referrer)\" \"\(random.pick(Words.agents))\""
  }
}
