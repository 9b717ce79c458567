import Foundation
import Testing

/// `weir redact --follow` behind the real logrotate, while lines are written.
@Suite struct LogrotateTests {
  @Test(
    "of a log that logrotate renames and creates anew nothing is lost, nor said twice",
    arguments: [("nocompress", 2), ("compress", 1)])
  func created(compression: String, rotations: Int) throws {
    let followed = try Followed()
    let writer = try LogWriter(followed.file, seed: 320)
    // The writer goes on with the old file for a while, and the new one is there already.
    let logrotate = try Logrotate(
      [
        "create 0600", compression, "postrotate", "sleep 0.3", "touch '\(followed.file).reopen'",
        "endscript",
      ], file: followed.file)
    for _ in 0..<rotations {
      writer.begin()
      try #require(writer.hasWritten(50))
      try logrotate.run()
      try #require(writer.hasWritten(50), "the writer found no log that logrotate has made")
      writer.rest()
      let expected = writer.masked(0..<writer.count)
      followed.read(upTo: expected.count)
      #expect(followed.output.difference(from: expected) == nil)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: followed.folder.path)
    #expect(names.count == 1 + rotations)
    #expect(names.contains(compression == "compress" ? "app.log.1.gz" : "app.log.2"))
    let outcome = try followed.end()
    #expect(try SaidReceipt(outcome.errors).addsUp)
  }

  @Test(
    "of a log that logrotate copies and cuts, at most what was written before the cut and not yet read is lost"
  )
  func copiedAndCut() throws {
    let followed = try Followed()
    let writer = try LogWriter(followed.file, seed: 321)
    let logrotate = try Logrotate(["copytruncate"], file: followed.file)
    try writer.write(5000)
    followed.read(upTo: writer.masked(0..<5000).count)

    // At rest nothing.
    try logrotate.run()
    try writer.write(5000)
    let expected = writer.masked(0..<10_000)
    followed.read(upTo: expected.count)
    #expect(followed.output.difference(from: expected) == nil)

    // Under load one run of lines, just before the first that stands in the log that was cut.
    writer.begin()
    try #require(writer.hasWritten(50))
    try logrotate.run()
    try #require(writer.hasWritten(50))
    writer.rest()
    let count = writer.count
    followed.read(through: writer.masked(count - 1..<count))
    let kept = try String(contentsOfFile: followed.file, encoding: .utf8)
    let first = try #require(kept.prefixMatch(of: /\d+/).flatMap { Int($0.0) })
    let before = writer.masked(0..<first)
    let after = writer.masked(first..<count)
    let lost = before.count + after.count - followed.output.count
    #expect(lost >= 0 && before.count - lost >= expected.count)
    #expect(followed.output.difference(from: before.dropLast(max(lost, 0)) + after) == nil)
    let outcome = try followed.end()
    #expect(try SaidReceipt(outcome.errors).addsUp)
  }
}
