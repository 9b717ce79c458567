import Foundation
import Testing
import WeirCore
import WeirSpecimens

/// `--format` and `--report`: each read again by a program that Weir has no part in.
@Suite("Reports say the same facts in every format, and are read by others")
struct ReportTests {
  /// A folder with names that a format must not break on, each file with one token at a known place.
  private struct Planted {
    let folder: TemporaryFolder
    let token: [UInt8]
    /// The names as reports show them.
    let names: [String]
    /// Where the token begins, in every file.
    let start = 11

    init() throws {
      folder = try TemporaryFolder()
      var secrets = try Secrets(seed: 41)
      token = secrets.token()
      let hostile = [
        "=cmd|'calc'!A1.env", "a\"b<c>&d,e;f.env", "new\nline.env", "esc\u{1B}[31m.env",
        "ünï%20.env",
        "plain.env", "two  blanks\\.env", "<!--]]>.env",
      ]
      for name in hostile { try folder.add(name, "first line\n" + token + "\n") }
      let path = folder.path
      names = hostile.map { "\(path)/\($0)" }.sorted()
    }

    func report(_ format: String) throws -> Command.Outcome {
      try Command.run(["scan", "--format", format, folder.path])
    }
  }

  /// What Python's standard library makes of a report: a JSON array of objects.
  private func python(_ script: String, _ report: [UInt8]) throws -> [[String: Any]] {
    let outcome = try Command.run([], through: "exec python3 -c '\(script)'", input: report)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output))
    return try #require(object as? [[String: Any]])
  }

  @Test("json is an array of what jsonl says, also where nothing is found")
  func json() throws {
    let planted = try Planted()
    let lines = try planted.report("jsonl").lines
    let json = try planted.report("json")
    #expect(json.code == 1)
    let list = try JSONSerialization.jsonObject(with: Data(json.output)) as? [[String: Any]]
    let expected = try lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) }
    #expect(list as NSArray? == expected as NSArray)
    #expect(list?.compactMap { $0["path"] as? String }.sorted() == planted.names)
    let none = try Command.run(["scan", "--format", "json"], input: Array("nothing\n".utf8))
    #expect(none.code == 0)
    #expect(try JSONSerialization.jsonObject(with: Data(none.output)) as? [String] == [])
  }

  @Test("csv is read by rows, and no field is a formula")
  func csv() throws {
    let planted = try Planted()
    let script = """
      import csv, io, json, sys
      print(json.dumps(list(csv.DictReader(io.TextIOWrapper(sys.stdin.buffer, "utf-8", newline="")))))
      """
    let rows = try python(script, planted.report("csv").output)
    #expect(rows.count == planted.names.count)
    for row in rows {
      #expect(row["rule"] as? String == "github.personal-token")
      #expect(row["line"] as? String == "2")
      #expect(row["start"] as? String == "\(planted.start)")
      #expect(row["masked"] as? String == "ghp_****")
      for field in row.values.compactMap({ $0 as? String }) {
        #expect(!"=+-@\t\r".contains(field.first ?? "x"), "\(field)")
        #expect(field.unicodeScalars.allSatisfy { $0.value >= 0x20 })
      }
    }
  }

  @Test("a field that begins like a formula has an apostrophe")
  func formula() throws {
    let folder = try TemporaryFolder()
    var secrets = try Secrets(seed: 42)
    try folder.add("=1+1.env", secrets.token())
    let outcome = try Command.run(
      ["scan", "--format", "csv", "=1+1.env"], through: "cd \(folder.path) && exec \"$@\"")
    #expect(outcome.text.contains("\"'=1+1.env\""))
  }

  @Test("sarif states each result with its rule, place and bytes")
  func sarif() throws {
    let planted = try Planted()
    let outcome = try planted.report("sarif")
    let log = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    #expect(log?["version"] as? String == "2.1.0")
    let run = try #require((log?["runs"] as? [[String: Any]])?.first)
    let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let rules = try #require(driver?["rules"] as? [[String: Any]])
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(rules.map { $0["id"] as? String } == ["github.personal-token"])
    #expect(results.count == planted.names.count)
    var fingerprints: Set<String> = []
    var paths: [String] = []
    for result in results {
      #expect(result["ruleIndex"] as? Int == 0)
      #expect(result["level"] as? String == "error")
      let place = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"]
      let physical = try #require(place as? [String: Any])
      let region = try #require(physical["region"] as? [String: Int])
      #expect(
        region == [
          "startLine": 2, "startColumn": 1, "byteOffset": planted.start,
          "byteLength": planted.token.count,
        ])
      let uri = try #require((physical["artifactLocation"] as? [String: Any])?["uri"] as? String)
      let url = try #require(URL(string: uri))
      paths.append(url.path(percentEncoded: false))
      let prints = try #require(result["partialFingerprints"] as? [String: String])
      fingerprints.insert(try #require(prints["place/v1"]))
    }
    #expect(paths.sorted() == planted.names)
    #expect(fingerprints.count == results.count)
    let invocations = run["invocations"] as? [[String: Bool]]
    #expect(invocations == [["executionSuccessful": true]])
    let failed = try Command.run(["scan", "--format", "sarif", "/nowhere"])
    #expect(failed.code == 2)
    #expect(failed.text.contains("\"executionSuccessful\":false"))
  }

  @Test("a place's fingerprint stays when lines move")
  func moved() throws {
    let folder = try TemporaryFolder()
    var secrets = try Secrets(seed: 43)
    let token = secrets.token()
    func places(_ text: [UInt8]) throws -> [String] {
      let path = try folder.add("a.env", text)
      let outcome = try Command.run(["scan", "--format", "sarif", path])
      return outcome.text.matches(of: /"place\/v1":"([^"]*)"/).map { String($0.1) }
    }
    let first = try places(token + "\n" + secrets.token() + "\n")
    #expect(first.count == 2)
    #expect(try places("more\nlines\n" + token + "\n\n" + secrets.token() + "\n") == first)
  }

  @Test("junit has a failed case a finding, or one that passed")
  func junit() throws {
    let planted = try Planted()
    let script = """
      import json, sys, xml.etree.ElementTree as tree
      cases = tree.parse(sys.stdin.buffer).getroot().iter("testcase")
      print(json.dumps([{"name": c.get("name"), "failed": c.find("failure") is not None} for c in cases]))
      """
    let cases = try python(script, planted.report("junit").output)
    #expect(cases.count == planted.names.count)
    #expect(cases.allSatisfy { $0["failed"] as? Bool == true })
    #expect(cases.contains { ($0["name"] as? String)?.hasSuffix("<!--]]>.env:2:1") == true })
    let none = try Command.run(["scan", "--format", "junit"], input: [])
    let passed = try python(script, none.output)
    #expect(passed.map { $0["failed"] as? Bool } == [false])
  }

  @Test("gitlab's report names file, line and severity, and an id of its own for each")
  func gitLab() throws {
    let planted = try Planted()
    let outcome = try planted.report("gitlab")
    let report = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    let found = try #require(report?["vulnerabilities"] as? [[String: Any]])
    #expect(Set(found.compactMap { $0["id"] as? String }).count == planted.names.count)
    for one in found {
      #expect(one["severity"] as? String == "Critical")
      let location = try #require(one["location"] as? [String: Any])
      #expect(location["start_line"] as? Int == 2)
      #expect((location["commit"] as? [String: String])?["sha"] != nil)
    }
    let scan = try #require(report?["scan"] as? [String: Any])
    #expect(scan["type"] as? String == "secret_detection")
    #expect(scan["status"] as? String == "success")
    let time = try #require(scan["start_time"] as? String)
    #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) != nil)
  }

  @Test("several reports at once hold the same findings, and the secret is in none")
  func several() throws {
    let planted = try Planted()
    let to = try TemporaryFolder()
    let formats = ["text", "jsonl", "json", "csv", "sarif", "junit", "gitlab"]
    let outcome = try Command.run(
      ["scan", planted.folder.path]
        + formats.flatMap { ["--report", "\($0)=\(to.path)/\($0)"] })
    #expect(outcome.code == 1)
    for format in formats {
      let bytes = try Data(contentsOf: URL(filePath: "\(to.path)/\(format)"))
      let alone = try planted.report(format)
      // Its own time apart.
      let times = /"(start|end)_time":"[^"]*"/
      #expect(
        String(decoding: bytes, as: UTF8.self).replacing(times, with: "")
          == alone.text.replacing(times, with: ""), "\(format)")
      #expect(bytes.range(of: Data(planted.token)) == nil)
      #expect(alone.code == 1)
    }
    let text = try Data(contentsOf: URL(filePath: "\(to.path)/text"))
    #expect(outcome.output == Array(text))
  }

  @Test(
    "a report that cannot be, or would overwrite what is read or written, is refused before anything is read"
  )
  func refused() throws {
    let folder = try TemporaryFolder()
    let input = try folder.add("in.txt", Array("text\n".utf8))
    for report in [
      "sarif", "sarif=", "yaml=out", "json=\(input)", "json=/nowhere/out", "json=-",
    ] {
      let outcome = try Command.run(["scan", "--report", report, input])
      #expect(outcome.code == 2, "\(report)")
      #expect(outcome.output.isEmpty)
      #expect(!outcome.errors.isEmpty)
    }
    let twice = "\(folder.path)/out"
    let outcome = try Command.run(
      ["scan", "--report", "json=\(twice)", "--report", "csv=\(twice)", input])
    #expect(outcome.code == 2)
    #expect(try String(contentsOf: URL(filePath: input), encoding: .utf8) == "text\n")
    let full = try Command.run(["scan", "--report", "json=/dev/full", input])
    #expect(full.code == 2)
    #expect(full.errors.contains("/dev/full"))
  }
}
