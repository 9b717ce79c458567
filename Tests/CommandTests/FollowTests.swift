import Foundation
import Glibc
import Testing

/// `weir redact --follow`: a log by its name, through rotation.
@Suite struct FollowTests {
  private static let mask = "WEIR_REDACTED_github.personal-token"

  @Test("what is there is read, and then what is appended, each line in the moment it comes")
  func appended() throws {
    var secrets = try Secrets(seed: 310)
    let followed = try Followed(holding: Array("old line\n".utf8))
    var expected = Array("old line\n".utf8)
    followed.expect(expected)
    for turn in 0..<20 {
      followed.append("turn \(turn) " + secrets.token() + "\n")
      expected += Array("turn \(turn) \(Self.mask)\n".utf8)
      followed.expect(expected)
    }
    let outcome = try followed.end()
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("stopped by SIGTERM; what was decided is out, 0 bytes"))
    #expect(try SaidReceipt(outcome.errors).addsUp)
  }

  @Test("a token that is written in two pieces is one")
  func cutToken() throws {
    var secrets = try Secrets(seed: 311)
    let followed = try Followed()
    let token = secrets.token()
    followed.append("saw " + Array(token.prefix(17)))
    followed.expect(Array("saw ".utf8))
    usleep(600_000)
    followed.append(Array(token.dropFirst(17)) + "\n")
    followed.expect(Array("saw \(Self.mask)\n".utf8))
    _ = try followed.end()
  }

  @Test(
    "of a file that was renamed the last line is read too, though it comes late, and then the next file"
  )
  func renamed() throws {
    let followed = try Followed()
    followed.append(Array("one\n".utf8))
    followed.expect(Array("one\n".utf8))
    followed.rotate()
    // logrotate makes the new file before the writer lets go of the old one.
    followed.append(Array("three\n".utf8))
    usleep(700_000)
    followed.append(Array("two\n".utf8), to: "app.log.1")
    followed.expect(Array("one\ntwo\nthree\n".utf8))
    followed.append(Array("four\n".utf8))
    followed.expect(Array("one\ntwo\nthree\nfour\n".utf8))
    let outcome = try followed.end()
    #expect(try SaidReceipt(outcome.errors).addsUp)
  }

  @Test("each file is an input of its own: a secret does not go on in the next one")
  func ownInputs() throws {
    var secrets = try Secrets(seed: 312)
    let token = secrets.token()
    let followed = try Followed(holding: Array(token.prefix(20)))
    usleep(300_000)
    followed.rotate()
    followed.append(Array(token.dropFirst(20)) + "\n")
    // What was held is decided when its file has ended: no token, neither of the halves.
    followed.expect(token + "\n")
    _ = try followed.end()
  }

  @Test("a file that is cut shorter, as copytruncate does, begins anew")
  func truncated() throws {
    let followed = try Followed(holding: Array("a long first line\n".utf8))
    followed.expect(Array("a long first line\n".utf8))
    #expect(Glibc.truncate(followed.file, 0) == 0)
    usleep(600_000)
    followed.append(Array("second\n".utf8))
    followed.expect(Array("a long first line\nsecond\n".utf8))
    _ = try followed.end()
  }

  @Test("a file that is not there yet is waited for, and that is said once")
  func missing() throws {
    let followed = try Followed(holding: nil)
    #expect(Waiting.until { followed.live.said.contains("app.log: is not there; waiting for it") })
    followed.append(Array("first\n".utf8))
    followed.expect(Array("first\n".utf8))
    let outcome = try followed.end()
    #expect(outcome.errors.ranges(of: "is not there").count == 1)
  }

  @Test("a name that leads elsewhere, as Kubernetes has them, is followed to where it leads")
  func links() throws {
    let followed = try Followed(holding: nil)
    try followed.folder.add("0.log", Array("one\n".utf8))
    try followed.folder.add("1.log", Array("two\n".utf8))
    #expect(symlink("0.log", followed.file) == 0)
    followed.expect(Array("one\n".utf8))
    #expect(unlink(followed.file) == 0)
    #expect(symlink("1.log", followed.file) == 0)
    followed.expect(Array("one\ntwo\n".utf8))
    _ = try followed.end()
  }

  @Test("what cannot be followed is an error, and waits for nothing")
  func refused() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("app.log")
    for (arguments, said) in [
      ([], "--follow: takes one file"), (["-"], "--follow: takes one file"),
      ([file, file], "--follow: takes one file"), ([folder.path], "is no file"),
      (["/dev/null"], "is no file"),
    ] {
      let outcome = try Command.run(["redact", "--follow"] + arguments)
      #expect(outcome.code == 2)
      #expect(outcome.output == [])
      #expect(outcome.errors.contains(said), "\(arguments): \(outcome.errors)")
    }
  }
}
