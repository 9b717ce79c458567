// How fast records pass through the Swift library on one thread, and lines through a stream: what speed.c measures of libweir.
//
//     speed LOG [SECONDS]     records of 200 bytes are cut from the log
import Foundation
import Weir

let recordBytes = 200

func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

/// Prints how many records a second of this thread `body` does, which does as many as it returns.
func time(_ name: String, _ body: () throws -> Int) rethrows {
  let seconds = CommandLine.arguments.count > 2 ? Double(CommandLine.arguments[2]) ?? 1 : 1
  let start = now()
  var count = 0
  while now() - start < seconds { count += try body() }
  let millions = Double(count) / (now() - start) / 1e6
  print(name.padding(toLength: 16, withPad: " ", startingAt: 0), String(format: "%6.2f", millions))
}

/// Does them all.
func measure() throws -> Int {
  let log = [UInt8](try Data(contentsOf: URL(filePath: CommandLine.arguments[1])).prefix(64 << 20))
  let places = stride(from: 0, through: log.count - recordBytes, by: recordBytes)
  let records = places.map { Array(log[$0..<$0 + recordBytes]) }
  let texts = records.map { String(decoding: $0, as: UTF8.self) }
  let lines = log.split(separator: 0x0A, omittingEmptySubsequences: false).map { $0.indices }
  let engine = try Engine()
  var sum = 0

  try time("span, appended") {
    var output: [UInt8] = []
    output.reserveCapacity(4 * recordBytes)
    for place in places {
      output.removeAll(keepingCapacity: true)
      try engine.redact(
        log.span.extracting(place..<place + recordBytes).bytes, appendingTo: &output)
      sum += output.count
    }
    return records.count
  }
  try time("array") {
    for record in records { sum += try engine.redact(record).count }
    return records.count
  }
  try time("string") {
    for text in texts { sum += try engine.redact(text).utf8.count }
    return texts.count
  }
  var stream = engine.stream()
  try time("lines, a stream") {
    for line in lines {
      let end = min(line.upperBound + 1, log.count)
      try stream.write(log.span.extracting(line.lowerBound..<end).bytes) { sum += $0.byteCount }
    }
    return lines.count
  }
  sum += try stream.finish().bytes.count
  return sum
}

exit(try measure() == 1 ? 1 : 0)
