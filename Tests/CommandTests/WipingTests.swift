import Foundation
import Glibc
import Testing

/// What held a secret is wiped when it is given back.
@Suite struct WipingTests {
  @Test("an input's secret is nowhere in memory once the input has ended")
  func ended() throws {
    var secrets = try Secrets(seed: 73)
    let folder = try TemporaryFolder()
    let token = secrets.token()
    let key = Array("kept".utf8) + secrets.token().suffix(30)
    let keyFile = try folder.add("key", key)
    let file = try folder.add(
      "file", Array("first\n".utf8) + Array(repeating: token + "\n", count: 1000).joined())
    let live = try LiveCommand(["redact", "--mask", "hash", "--key", keyFile, file, "-"])
    let masked = live.read(atLeast: 1000 * 31 + 6)
    #expect(masked.count == 1000 * 31 + 6)
    // The last input is open, and has brought a secret too: so this test can see one.
    let other = secrets.token()
    live.write("second\n" + other)
    #expect(live.read(atLeast: 7) == Array("second\n".utf8))
    #expect(try places(of: other, in: live.child) > 0)
    #expect(try places(of: token, in: live.child) == 0)
    // Nor any part of it as wide as a register, which outlives its function when it is saved on the stack.
    for start in 0...token.count - 16 {
      #expect(
        try places(of: Array(token[start..<start + 16]), in: live.child) == 0, "from byte \(start)")
    }
    // The key is needed as long as there is something to come: once.
    #expect(try places(of: key, in: live.child) == 1)
    #expect(live.finish().code == 0)
  }

  /// How often the bytes stand in the writable memory of a child.
  private func places(of bytes: [UInt8], in child: pid_t) throws -> Int {
    let memory = open("/proc/\(child)/mem", O_RDONLY | O_CLOEXEC)
    defer { close(memory) }
    try #require(memory >= 0)
    let maps = try String(contentsOfFile: "/proc/\(child)/maps", encoding: .utf8)
    var count = 0
    for line in maps.split(separator: "\n") {
      guard let map = line.firstMatch(of: /^([0-9a-f]+)-([0-9a-f]+) rw/) else { continue }
      let (start, end) = (UInt64(map.1, radix: 16)!, UInt64(map.2, radix: 16)!)
      var held = [UInt8](repeating: 0, count: Int(end - start))
      let read = pread(memory, &held, held.count, off_t(bitPattern: start))
      guard read > 0 else { continue }
      var rest = Data(held.prefix(read))[...]
      while let place = rest.range(of: Data(bytes)) {
        count += 1
        rest = rest[place.upperBound...]
      }
    }
    return count
  }
}

private func off_t(bitPattern value: UInt64) -> Glibc.off_t {
  Glibc.off_t(Int64(bitPattern: value))
}
