import Foundation
import Glibc
import Testing

/// `weir.toml`, `WEIR_…` and options: what counts, and that the scan does as it is set.
@Suite struct ConfigurationTests {
  // MARK: What counts

  @Test(
    "an option counts before the environment, that before the file, that before what is built in")
  func precedence() throws {
    let project = try ConfiguredProject(
      "min-confidence = \"high\"\npack = [\"ai\", \"cloud\"]\nhidden = false\nmax-filesize = 4096")
    let rows: [(key: String, builtIn: String, file: String, variable: String, option: String)] = [
      ("min-confidence", "medium", "high", "low", "medium"),
      ("pack", "-", "ai, cloud", "vcs", "keys"),
      ("hidden", "true", "false", "true", "false"), ("max-filesize", "-", "4K", "1G", "10M"),
    ]
    for (index, row) in rows.enumerated() {
      let name = "WEIR_" + row.key.uppercased().replacing("-", with: "_")
      let environment = [name: row.variable]
      let option = row.key == "hidden" ? "--no-hidden" : "--\(row.key)=\(row.option)"
      #expect(try project.setting(row.key, "--no-config") == "\(row.builtIn) built in")
      #expect(try project.setting(row.key) == "\(row.file) weir.toml:\(index + 1)")
      #expect(try project.setting(row.key, environment: environment) == "\(row.variable) \(name)")
      #expect(
        try project.setting(row.key, "--no-config", environment: environment)
          == "\(row.variable) \(name)")
      #expect(
        try project.setting(row.key, option, environment: environment) == "\(row.option) option")
      #expect(try project.setting(row.key, option) == "\(row.option) option")
    }
  }

  @Test("the file is the one of --config, else of WEIR_CONFIG, else the project's, or none")
  func whichFile() throws {
    let project = try ConfiguredProject("threads = 1")
    try project.configure("threads = 2", at: "two.toml")
    try project.configure("threads = 3", at: "three.toml")
    let environment = ["WEIR_CONFIG": "two.toml"]
    #expect(try project.setting("threads") == "1 weir.toml:1")
    #expect(try project.setting("threads", environment: environment) == "2 two.toml:1")
    #expect(
      try project.setting("threads", "--config", "three.toml", environment: environment)
        == "3 three.toml:1")
    #expect(
      try project.setting("threads", "--no-config", environment: environment).hasSuffix("built in"))
    #expect(try project.run("config", "path", environment: environment).text == "two.toml\n")
    #expect(try project.run("config", "path", "--no-config").code == 1)
    let both = try project.run("scan", "--no-config", "--config", "two.toml", ".")
    #expect(both.code == 2 && both.errors.contains("--no-config: reads none; leave --config out"))
  }

  @Test("the project's is the nearest from here up to the root of the repository, and none beyond")
  func found() throws {
    let project = try ConfiguredProject("threads = 1")
    #expect(try project.run("config", "path", in: "sub/deep").text == "../../weir.toml\n")
    #expect(try project.setting("threads", in: "sub/deep") == "1 ../../weir.toml:1")
    try project.configure("threads = 2", at: "sub/weir.toml")
    #expect(try project.run("config", "path", in: "sub/deep").text == "../weir.toml\n")
    #expect(try project.run("config", "path").text == "weir.toml\n")
    // A repository in it is another project, and its folder of git none.
    try project.packer.run("git init -q sub/deep")
    #expect(try project.run("config", "path", in: "sub/deep").code == 1)
    #expect(try project.run("config", "path", in: ".git").code == 1)
    // Outside of any only the one that is here counts.
    try project.packer.run("rm -rf .git sub/deep/.git")
    #expect(try project.run("config", "path", in: "sub/deep").code == 1)
    #expect(try project.run("config", "path", in: "sub").text == "weir.toml\n")
  }

  @Test("what is scanned has no say: a configuration there is not read")
  func foreign() throws {
    var secrets = try Secrets(seed: 440)
    let foreign = try ConfiguredProject("no-rule = [\"github.*\"]\nmax-findings = 0\nbroken")
    try foreign.packer.folder.add("leak", secrets.token())
    let project = try ConfiguredProject()
    for folder in [".", "sub"] {
      let outcome = try project.run("scan", foreign.path, in: folder)
      #expect(outcome.code == 1)
      #expect(outcome.lines.count == 1)
      #expect(!outcome.errors.contains("configured by"))
    }
  }

  @Test("redact reads none and heeds no variable: nothing that lies about can switch it off")
  func redact() throws {
    var secrets = try Secrets(seed: 441)
    let project = try ConfiguredProject("no-rule = [\"github.*\"]")
    let outcome = try project.run(
      "redact", input: secrets.token(),
      environment: [
        "WEIR_NO_RULE": "github.*", "WEIR_CONFIG": "weir.toml", "WEIR_MIN_CONFIDENCE": "high",
      ])
    #expect(outcome.text == "WEIR_REDACTED_github.personal-token")
    #expect(try project.run("redact", "--config", "weir.toml").code == 2)
  }

  // MARK: What it does

  @Test("a scan does as its configuration says, and says which that is")
  func effect() throws {
    var secrets = try Secrets(seed: 442)
    let token = secrets.token()
    let project = try ConfiguredProject()
    for name in [".hidden", "plain.txt", "ignored.log"] {
      try project.packer.folder.add(name, token)
    }
    try project.packer.folder.add("binary", [0] + token)
    try project.packer.folder.add("long", token + Array(repeating: 0x20, count: 5000))
    try project.packer.folder.add(".ignore", Array("*.log\n".utf8))
    try project.packer.run("gzip -c plain.txt > packed.gz")
    let all = ["./.hidden", "./binary", "./long", "./packed.gz", "./plain.txt"]
    let rows: [(setting: String, found: [String])] = [
      ("threads = 1", all), ("hidden = false", Array(all.dropFirst())),
      ("binary = false", all.filter { $0 != "./binary" && $0 != "./packed.gz" }),
      ("archives = false", all.filter { $0 != "./packed.gz" }),
      ("max-filesize = \"4K\"", all.filter { $0 != "./long" }),
      ("ignore = false", (all + ["./ignored.log"]).sorted()),
      ("glob = \"*.txt\"", ["./plain.txt"]),
      ("glob = [\"!long\", \"!.hidden\"]", Array(all.dropFirst()).filter { $0 != "./long" }),
      ("no-rule = [\"github.*\"]", []), ("rule = \"aws.*\"", []), ("pack = [\"ai\"]", []),
      ("max-findings = 2", Array(all.prefix(2))),
    ]
    for (setting, found) in rows {
      try project.configure(setting)
      let outcome = try project.run("scan", ".")
      let paths = outcome.lines.map { line in
        let path = String(line.prefix { $0 != ":" })
        return path.split(separator: "!").first.map(String.init) ?? path
      }
      #expect(paths == found, "\(setting)")
      #expect(outcome.code == (found.isEmpty ? 0 : 1), "\(setting)")
      #expect(outcome.errors.hasPrefix("weir: configured by weir.toml\n"))
    }
    try project.configure("format = \"jsonl\"\nshow-skipped = true")
    let outcome = try project.run("scan", ".")
    #expect(outcome.lines.allSatisfy { $0.hasPrefix("{") })
    #expect(outcome.errors.contains("./ignored.log: "))
    #expect(try project.run("scan", "--quiet", "plain.txt").errors == "")
    let shown = try project.run("scan", "--no-show-skipped", "--format", "text", ".")
    #expect(!shown.errors.contains("./ignored.log: ") && !shown.text.hasPrefix("{"))
  }

  @Test("rules are told from the configuration's folder on")
  func rules() throws {
    let project = try ConfiguredProject("with-rules = [\"rules/acme.toml\"]")
    try project.packer.folder.addFolder("rules")
    try project.configure(
      """
      provider = "acme"
      name = "Acme"
      [[rule]]
      id = "acme.key"
      title = "Acme key"
      shape = "'acmekey_' body:lower{12}"
      power = "read"
      revoke = "acme.example"
      packs = ["acme"]
      """, at: "rules/acme.toml")
    let text = Array("acmekey_".utf8) + Array("qwzxkvbnmtrp".utf8)
    for folder in [".", "sub/deep"] {
      let outcome = try project.run("scan", "--rule", "acme.*", in: folder, input: text)
      #expect(outcome.code == 1, "\(outcome.errors)")
    }
  }

  @Test("what its [[allow]] tables name is let be, and counted; --no-allow and --no-config find it")
  func allow() throws {
    var secrets = try Secrets(seed: 444)
    let project = try ConfiguredProject(
      "threads = 1\n[[allow]]\nreason = \"of a test\"\npaths = [\"sub/\"]")
    try project.packer.folder.add("sub/leak", secrets.token())
    let outcome = try project.run("scan", ".")
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("1 let be"))
    #expect(try project.run("scan", "--no-allow", ".").code == 1)
    #expect(try project.run("scan", "--no-config", ".").code == 1)
    try project.configure("[[allow]]\nreason = \"all\"")
    let refused = try project.run("scan", ".")
    #expect(refused.code == 2)
    #expect(refused.errors.contains("weir.toml:2:"))
  }

  // MARK: What it shows

  @Test("show lists every setting, for people and as JSON; the page on it has them all")
  func show() throws {
    let project = try ConfiguredProject("# first\n\nthreads = 1")
    let text = try project.run("config", "show")
    #expect(text.code == 0 && text.errors == "")
    let json = try project.run("config", "show", "--json")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output)) as? [[String: Any]])
    let keys = rows.compactMap { $0["key"] as? String }
    #expect(text.lines.map { String($0.prefix { $0 != " " }) } == keys)
    let threads = try #require(rows.first { $0["key"] as? String == "threads" })
    #expect(threads["value"] as? String == "1" && threads["origin"] as? String == "file")
    #expect(threads["file"] as? String == "weir.toml" && threads["line"] as? Int == 3)
    let docs = URL(filePath: Secrets.rulesFolder).deletingLastPathComponent()
      .appending(path: "docs/configuration.md")
    let page = try String(contentsOf: docs, encoding: .utf8)
    for key in keys { #expect(page.contains("| `\(key)` |"), "\(key)") }
    let paths = try project.run("config", "show", "sub")
    #expect(paths.code == 2 && paths.errors.contains("nothing is scanned here"))
  }
}
