import Foundation
import Testing

/// `weir baseline`, and scans that know one.
@Suite struct BaselineTests {
  private static let known = ["scan", "--baseline", "known"]

  /// A project with a file of two secrets, and a baseline that knows them.
  private static func project(seed: UInt64) throws -> (WorkingFolder, one: [UInt8], two: [UInt8]) {
    var secrets = try Secrets(seed: seed)
    let project = try WorkingFolder()
    let (one, two) = (secrets.token(), secrets.keyBlock())
    try project.add("src/a", "key " + one + "\n" + two + "\n")
    let outcome = try project.run(["baseline", "create", "known", "src"])
    #expect(outcome.code == 0)
    #expect(outcome.text == "")
    #expect(
      outcome.errors
        == "weir: 2 findings in 1 input\nweir: known: 2 secrets known in 1 file\n")
    return (project, one, two)
  }

  @Test("what is known is passed over, also where it moved, and counted; what is new is reported")
  func scan() throws {
    let (project, one, two) = try Self.project(seed: 930)
    var secrets = try Secrets(seed: 931)
    func expect(
      _ places: [String], letBe count: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      for threads in ["1", "2"] {
        let outcome = try project.run(Self.known + ["--threads", threads, "./src"])
        #expect(outcome.places == places.map { "./src/\($0)" }, sourceLocation: sourceLocation)
        #expect(outcome.code == (places.isEmpty ? 0 : 1), sourceLocation: sourceLocation)
        #expect(
          outcome.errors.hasSuffix("; \(count) let be: \(count) in the baseline\n"),
          sourceLocation: sourceLocation)
      }
    }
    try expect([], letBe: 2)
    // Moved, and in other words.
    try project.add("src/a", two + "\n\n\nother words " + one + " behind\n")
    try expect([], letBe: 2)
    // More often than is known.
    try project.add("src/a", one + "\n" + one + "\n" + two + "\n" + one + "\n")
    try expect(["a:2", "a:\(4 + two.filter { $0 == 0x0A }.count)"], letBe: 2)
    // Another secret, and a known one in another file.
    try project.add("src/a", one + "\n" + secrets.token() + "\n")
    try project.add("src/b", two + "\n")
    try expect(["a:2", "b:1"], letBe: 1)
  }

  @Test("it works also with a key, whose fingerprints are the same as without it")
  func key() throws {
    let (project, one, _) = try Self.project(seed: 932)
    try project.add("src/a", one + "\n" + one + "\n")
    let key = ["WEIR_KEY": String(repeating: "k", count: 16)]
    func fingerprints(_ arguments: [String]) throws -> [String] {
      try project.run(arguments + ["--format", "jsonl", "src"], environment: key).lines.compactMap {
        $0.firstMatch(of: /"fingerprint":"([0-9a-f]{16})"/).map { String($0.1) }
      }
    }
    let all = try fingerprints(["scan"])
    #expect(all.count == 2)
    #expect(try fingerprints(Self.known) == [all[1]])
    // A baseline that was made under a key is the same thing.
    #expect(try project.run(["baseline", "update", "known", "src"], environment: key).code == 0)
    #expect(try project.run(Self.known + ["src"]).code == 0)
  }

  @Test("create never overwrites, and writes nothing when not all could be read")
  func create() throws {
    let (project, one, _) = try Self.project(seed: 933)
    let before = try project.contents(of: "known")
    let again = try project.run(["baseline", "create", "known", "src"])
    #expect(again.code == 2)
    #expect(
      again.errors == "weir: known: is there already; `weir baseline update` goes on with it\n")
    #expect(try project.contents(of: "known") == before)
    let nowhere = try project.run(["baseline", "create", "no/where", "src"])
    #expect(nowhere.code == 2)
    #expect(
      nowhere.errors.hasSuffix(
        "weir: no/where: cannot be written: No such file or directory; what was there is as it was\n"
      ))
    // A gzip that ends at once.
    try project.add("broken/x.gz", [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3] + one)
    for (verb, file) in [("create", "new"), ("update", "known")] {
      let broken = try project.run(["baseline", verb, file, "src", "broken"])
      #expect(broken.code == 2)
      #expect(broken.errors.hasSuffix("weir: \(file): not written, for not all could be read\n"))
    }
    #expect(!FileManager.default.fileExists(atPath: "\(project.path)/new"))
    #expect(try project.contents(of: "known") == before)
    #expect(try project.run(["baseline", "create", "new", "-"]).code == 2)
    let mode = try FileManager.default.attributesOfItem(atPath: "\(project.path)/known")
    #expect(mode[.posixPermissions] as? Int == 0o600)
    // Nothing is left of what was written on the way.
    let names = try FileManager.default.contentsOfDirectory(atPath: project.path).sorted()
    #expect(names == ["broken", "known", "src"])
  }

  @Test("update says what has come and what has gone, and leaves the rest as it was")
  func update() throws {
    let (project, one, two) = try Self.project(seed: 934)
    let before = try project.contents(of: "known")
    let same = try project.run(["baseline", "update", "known", "--threads", "2"])
    #expect(same.text == "")
    #expect(same.errors.hasSuffix("known: 2 secrets known in 1 file; no change\n"))
    #expect(try project.contents(of: "known") == before)
    chmod("\(project.path)/known", 0o640)
    try project.add("src/a", one + "\n" + one + "\n")
    try project.add("lib/b", one + "\n")
    let some = try project.run(["baseline", "update", "known", "lib"])
    #expect(some.text == "+1  github.personal-token  lib/b\n")
    let all = try project.run(["baseline", "update", "known"])
    #expect(all.text == "+1  github.personal-token  src/a\n-1  pem.private-key  src/a\n")
    #expect(all.errors.hasSuffix("weir: known: 1 secret known in 2 files\n"))
    let show = try project.run(["baseline", "show", "known"])
    #expect(
      show.text == "1  github.personal-token  lib/b\n2  github.personal-token  src/a\n")
    #expect(show.code == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: "\(project.path)/known")
    #expect(mode[.posixPermissions] as? Int == 0o640)
    // The salt stays, and with it what was known.
    #expect(try project.contents(of: "known").prefix(100) == before.prefix(100))
    #expect(try project.run(Self.known + ["."]).code == 0)
    try project.add("src/a", two + "\n")
    #expect(try project.run(Self.known + ["."]).code == 1)
  }

  @Test("two baselines of the same have nothing in common that could be looked up")
  func salt() throws {
    let (project, _, _) = try Self.project(seed: 935)
    #expect(try project.run(["baseline", "create", "other", "src"]).code == 0)
    func hashes(_ name: String) throws -> Set<String> {
      let text = String(decoding: try project.contents(of: name), as: UTF8.self)
      return Set(text.matches(of: /[0-9a-f]{32,}/).map { String($0.0) })
    }
    #expect(try hashes("known").count == 3)
    #expect(try hashes("known").isDisjoint(with: hashes("other")))
    // And a scan finds nothing in them.
    #expect(try project.run(["scan", "--min-confidence", "low", "known", "other"]).code == 0)
  }

  @Test("what comments and lists let be is in no baseline")
  func beside() throws {
    var secrets = try Secrets(seed: 936)
    let project = try WorkingFolder()
    try project.add("a", secrets.token() + " # weir:allow\n" + secrets.token() + "\n")
    let create = try project.run(["baseline", "create", "known", "a"])
    #expect(
      create.errors
        == "weir: 1 finding in 1 input; 1 let be: 1 allowed by comment\n"
        + "weir: known: 1 secret known in 1 file\n")
  }

  @Test("a damaged baseline is refused whole, with the line")
  func damaged() throws {
    let (project, _, _) = try Self.project(seed: 937)
    let text = String(decoding: try project.contents(of: "known"), as: UTF8.self)
    let lines = text.split(separator: "\n").map { "\($0)\n" }
    #expect(lines.count == 3)
    let cases: [(text: String, line: Int)] = [
      ("", 1), ("\n", 1), ("{}\n", 1), ("[]\n", 1), (lines[1], 1),
      (lines[0].replacing("\"weir_baseline\":1", with: "\"weir_baseline\":2"), 1),
      (lines[0].replacing("\"salt\":\"", with: "\"salt\":\"00"), 1),
      (String(text.dropLast()), 3), (lines[0] + lines[1] + lines[2].dropLast(3), 3),
      (lines[0] + "<<<<<<< ours\n" + lines[1], 2), (lines[0] + "\n" + lines[1], 2),
      (lines[0] + lines[1].replacing("\"count\":1", with: "\"count\":0"), 2),
      (lines[0] + lines[1].replacing("\"count\":1", with: "\"count\":-1"), 2),
      (lines[0] + lines[1].replacing("\"count\":1", with: "\"count\":1e99"), 2),
      (lines[0] + lines[1].replacing("\"hash\":\"", with: "\"hash\":\"zz"), 2),
      (lines[0] + lines[1] + lines[2].replacing("\"path\":", with: "\"p\":"), 3),
      (lines[0] + "\u{0}\u{0}\n", 2), (lines[0] + String(repeating: "[", count: 100_000) + "\n", 2),
    ]
    for (text, line) in cases {
      try project.add("known", text)
      for arguments in [Self.known + ["src"], ["baseline", "show", "known"]] {
        let outcome = try project.run(arguments)
        #expect(outcome.code == 2)
        #expect(outcome.text == "")
        #expect(
          outcome.errors.hasPrefix("weir: known:\(line): ")
            && outcome.errors.hasSuffix("; it is taken whole or not at all\n"),
          "\(text.prefix(200)): \(outcome.errors)")
      }
      let update = try project.run(["baseline", "update", "known", "src"])
      #expect(update.code == 2)
      #expect(try project.contents(of: "known") == Array(text.utf8))
    }
    // Bytes that are no text, and the line ends of Windows.
    try project.add("known", Array(lines[0].utf8) + [0xFF, 0x0A])
    #expect(try project.run(Self.known + ["src"]).errors.hasPrefix("weir: known:2: "))
    try project.add("known", text.replacing("\n", with: "\r\n"))
    #expect(try project.run(Self.known + ["src"]).code == 0)
    // A merge that took both sides.
    try project.add("known", lines[0] + lines[1] + lines[1] + lines[2])
    #expect(try project.run(Self.known + ["src"]).code == 0)
    for name in ["nowhere", "."] {
      let outcome = try project.run(["scan", "--baseline", name, "src"])
      #expect(outcome.code == 2)
      #expect(outcome.errors.hasPrefix("weir: \(name): "))
    }
  }

  @Test("a baseline of a history knows its files, and a file's later versions")
  func history() throws {
    var secrets = try Secrets(seed: 938)
    let repository = try RealRepository()
    let (gone, kept) = (secrets.token(), secrets.token())
    try repository.commit("a", gone + "\n" + kept + "\n")
    try repository.commit("a", kept + "\n")
    func run(_ arguments: [String]) throws -> Command.Outcome {
      try WorkingFolder.run(arguments, in: repository.path)
    }
    let known = repository.neighbour("known")
    let create = try run(["baseline", "create", "--git", known])
    #expect(create.errors.hasSuffix("2 secrets known in 1 file\n"))
    #expect(create.code == 0)
    try repository.commit("a", "more\n" + kept + "\n")
    #expect(try run(["scan", "--git", "--baseline", known]).code == 0)
    #expect(try run(["scan", "--baseline", known, "."]).code == 0)
    let commit = try repository.commit("b", gone + "\n")
    let outcome = try run(["scan", "--git", "--baseline", known])
    #expect(outcome.places == ["\(commit.prefix(12)):b"])
    let update = try run(["baseline", "update", "--git", known])
    #expect(update.text == "+1  github.personal-token  b\n")
    #expect(try run(["scan", "--git", "--baseline", known]).code == 0)
  }

  @Test("names that are no text, drive terminals or hold secrets are known and shown as in reports")
  func names() throws {
    var secrets = try Secrets(seed: 939)
    let project = try WorkingFolder()
    let (token, inName) = (secrets.token(), secrets.token())
    try project.add("src/a\u{1B}[2J\n\"b", token + "\n")
    try project.folder.add(name: Array("src/".utf8) + [0xFF, 0x80], token + "\n")
    try project.folder.add(name: "src/" + inName, token + "\n")
    #expect(try project.run(["baseline", "create", "known", "src"]).code == 0)
    let outcome = try project.run(Self.known + ["src"])
    #expect(outcome.errors == "weir: 0 findings in 3 inputs; 3 let be: 3 in the baseline\n")
    let show = try project.run(["baseline", "show", "known"])
    #expect(show.lines.count == 3)
    #expect(!show.output.contains(0x1B))
    for bytes in [show.output, try project.contents(of: "known")] {
      #expect(!bytes.holds(inName))
    }
  }
}
