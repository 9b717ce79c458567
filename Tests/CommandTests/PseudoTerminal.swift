import Foundation
import Glibc

/// A terminal without a window: what is written to it can be read.
final class PseudoTerminal {
  private let own: Int32
  /// The end that a command gets.
  let descriptor: Int32

  init(columns: UInt16 = 80) throws {
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    var ends: (own: Int32, other: Int32) = (-1, -1)
    guard openpty(&ends.own, &ends.other, nil, nil, &size) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
    (own, descriptor) = ends
    for end in [own, descriptor] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(own, F_SETFL, O_NONBLOCK)
  }

  /// What was written since it was read last. Line feeds are a carriage return more.
  func read() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(own, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer.prefix(count)
    }
  }

  deinit {
    close(descriptor)
    close(own)
  }
}
