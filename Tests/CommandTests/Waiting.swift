import Foundation
import Glibc

/// Waiting for what another process does, with a limit.
enum Waiting {
  /// - Returns: whether it came true in time.
  static func until(milliseconds: Int = 10_000, _ claim: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<milliseconds / 5 {
      if try claim() { return true }
      usleep(5000)
    }
    return try claim()
  }

  /// Until the process has a handler for SIGTERM: from then on it ends in order.
  static func untilHeeding(_ child: pid_t) -> Bool {
    until {
      let status = try? String(contentsOfFile: "/proc/\(child)/status", encoding: .utf8)
      let caught = status?.firstMatch(of: /SigCgt:\s+([0-9a-f]+)/).flatMap {
        UInt64($0.1, radix: 16)
      }
      return (caught ?? 0) & 1 << (SIGTERM - 1) != 0
    }
  }

  /// Until it has ended, or the time is over and it is killed.
  ///
  /// - Returns: its exit code, or 128 and its signal; nil when it had to be killed.
  static func end(of child: pid_t, milliseconds: Int = 10_000) -> Int32? {
    var status: Int32 = 0
    guard until(milliseconds: milliseconds, { waitpid(child, &status, WNOHANG) == child }) else {
      kill(child, SIGKILL)
      waitpid(child, &status, 0)
      return nil
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
