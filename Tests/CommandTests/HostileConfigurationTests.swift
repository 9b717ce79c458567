import Foundation
import Glibc
import Testing

/// Configurations that are wrong, or came with a project whose maker means ill.
@Suite struct HostileConfigurationTests {
  @Test("a mistake is told with file, line and what may have been meant, and nothing is scanned")
  func mistakes() throws {
    let rows: [(text: String, said: String)] = [
      ("\nthread = 1", "weir.toml:2:1: there is no setting thread; did you mean threads?"),
      ("packs = [\"ai\"]", "weir.toml:1:1: there is no setting packs; did you mean pack?"),
      ("no-ignore = true", "there is no setting no-ignore; did you mean ignore?"),
      ("[scan]\nthreads = 1", "weir.toml:1:1: there is no setting scan;"),
      (
        "exit-zero = true",
        "exit-zero: is not set here; whoever runs a scan gives --exit-zero or not"
      ),
      ("[[allow]]\nreason = \"all\"", "weir.toml:2:"),
      ("threads = \"1\"", "weir.toml:1:1: threads: expected a whole number"),
      ("threads = 1.5", "threads: expected a whole number"),
      ("threads = 0", "weir.toml:1:1: --threads: expected 1 or more"),
      ("hidden = 1", "hidden: expected true or false"),
      ("pack = [1]", "pack: expected an array of texts, or one text"),
      (
        "format = \"xml\"",
        "The value 'xml' is invalid for '--format <format>'. Please provide one of the following: text, jsonl, json,"
      ),
      ("max-filesize = \"10X\"", "The value '10X' is invalid for '--max-filesize <size>'"),
      ("\npack = \"bogus\"", "weir.toml:2: --pack bogus: there is no such pack"),
      ("pack = \"\"", "weir.toml:1:1: Missing value for '--pack <name>'"),
      (
        "rule = \"githb.*\"",
        "weir.toml:1: --rule githb.*: there is no such provider; did you mean github.* or"
      ),
      ("glob = \"{\"", "weir.toml:1: --glob '{': "),
      ("threads = 1\nthreads = 2", "weir.toml:2:"), ("threads = ", "weir.toml:1:"),
      ("[", "weir.toml:1:2: expected a key after ["),
      ("a = [}", "weir.toml:1:6: expected a value or ]"),
      ("\u{1B}[2J = 1", "weir.toml:1:"),
    ]
    for (text, said) in rows {
      let project = try ConfiguredProject(text)
      let outcome = try project.run("scan", ".")
      #expect(outcome.code == 2, "\(text)")
      #expect(outcome.output == [])
      let lines = outcome.errors.split(separator: "\n").filter {
        !$0.hasPrefix("weir: configured by")
      }
      #expect(lines.count == 1 && lines.first?.contains(said) == true, "\(text): \(outcome.errors)")
      #expect(!outcome.errors.contains("\u{1B}"))
    }
  }

  @Test("a variable that is wrong or empty is told by its name")
  func variables() throws {
    let project = try ConfiguredProject()
    for (name, value, said) in [
      ("WEIR_THREADS", "many", "WEIR_THREADS: The value 'many' is invalid for '--threads <n>'"),
      ("WEIR_HIDDEN", "maybe", "WEIR_HIDDEN: expected true or false"),
      ("WEIR_PACK", "", "WEIR_PACK: expected a value"),
      ("WEIR_PACK", "bogus", "WEIR_PACK: --pack bogus: there is no such pack"),
      ("WEIR_CONFIG", "", "WEIR_CONFIG: expected a file"),
      ("WEIR_CONFIG", "missing", "missing: cannot be opened: No such file or directory"),
    ] {
      let outcome = try project.run("scan", ".", environment: [name: value])
      #expect(outcome.code == 2)
      #expect(outcome.errors.hasPrefix("weir: " + said), "\(outcome.errors)")
    }
  }

  @Test("what is no file of text is refused, and never waited for")
  func noFile() throws {
    let rows: [(script: String, said: String)] = [
      ("mkdir weir.toml", "weir.toml: is no file; a configuration is a TOML file"),
      ("mkfifo weir.toml", "weir.toml: is no file"),
      ("ln -s weir.toml weir.toml", "weir.toml: is a link, and one that is found may not be"),
      ("ln -s gone weir.toml", "weir.toml: is a link"),
      ("ln -s /etc/passwd weir.toml", "weir.toml: is a link"),
      ("ln -s /dev/zero weir.toml", "weir.toml: is a link"),
      ("printf 'threads = 1\\000' > weir.toml", "weir.toml: is no UTF-8 text"),
      ("printf 'x = \"\\377\"' > weir.toml", "weir.toml: is no UTF-8 text"),
      ("head -c 300000 /dev/zero > weir.toml", "weir.toml: is longer than 256 KiB"),
      ("yes '[[' | head -c 200000 | tr -d '\\n' > weir.toml", "weir.toml:1:"),
      ("(printf 'x = '; yes '[' | head -c 200000 | tr -d '\\n') > weir.toml", "weir.toml:1:"),
    ]
    for (script, said) in rows {
      let project = try ConfiguredProject()
      try project.packer.run(script)
      let outcome = try project.run("scan", ".")
      #expect(outcome.code == 2, "\(script)")
      #expect(outcome.errors.hasPrefix("weir: " + said), "\(script): \(outcome.errors)")
      #expect(outcome.errors.utf8.count < 500, "\(script)")
      #expect(try project.run("scan", "--no-config", "sub").code == 0)
    }
    let project = try ConfiguredProject()
    for name in [".", "sub", "missing", "-"] {
      #expect(try project.run("scan", "--config", name, ".").code == 2)
    }
  }

  @Test(
    "one that was found writes nothing, reads nothing outside of the project, and asks for no more than usual"
  )
  func trust() throws {
    let project = try ConfiguredProject()
    let outside = try TemporaryFolder()
    try project.packer.run("ln -s '\(outside.path)' away; ln -s /etc/passwd passwd")
    let rows: [(text: String, said: String)] = [
      (
        "report = [\"json=out.json\"]",
        "report: is not for a configuration that is found, for it writes files"
      ),
      ("key = \"weir.toml\"", "key: is not for a configuration that is found, for it reads a key"),
      ("with-rules = [\"\(outside.path)\"]", "is no file of this project"),
      ("with-rules = \"../\"", "with-rules: ../ is no file of this project"),
      ("with-rules = \"away\"", "with-rules: away is no file of this project"),
      ("with-rules = \"passwd\"", "with-rules: passwd is no file of this project"),
      ("with-rules = \"missing.toml\"", "with-rules: missing.toml is no file of this project"),
      ("catalogue = \"/etc/passwd\"", "catalogue: /etc/passwd is no file of this project"),
      ("threads = 65", "threads: a configuration that is found may say 64 at most"),
      ("archive-depth = 6", "archive-depth: a configuration that is found may say 5 at most"),
      (
        "max-archive-ratio = 251",
        "max-archive-ratio: a configuration that is found may say 250 at most"
      ),
      (
        "max-archive-size = \"65G\"",
        "max-archive-size: a configuration that is found may say 64G at most"
      ),
    ]
    for (text, said) in rows {
      try project.configure(text)
      let found = try project.run("scan", ".")
      #expect(found.code == 2)
      #expect(
        found.errors.contains("weir: weir.toml:1:1: ") && found.errors.contains(said),
        "\(found.errors)")
      #expect(access("\(project.path)/out.json", F_OK) != 0)
    }
    // Whoever names it answers for it.
    for text in ["report = [\"json=out.json\"]", "threads = 65", "max-archive-size = \"65G\""] {
      try project.configure(text)
      #expect(try project.run("scan", "--config", "weir.toml", "sub").code == 0)
    }
    #expect(access("\(project.path)/out.json", F_OK) == 0)
  }

  @Test("a secret in a configuration is in no message about it")
  func secret() throws {
    var secrets = try Secrets(seed: 443)
    let token = String(decoding: secrets.token(), as: UTF8.self)
    for text in ["\(token) = 1", "pack = \"\(token)\"", "format = \"\(token)\""] {
      let outcome = try ConfiguredProject(text).run("scan", ".")
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains("WEIR_REDACTED_github.personal-token"))
      #expect(!outcome.errors.contains(token))
    }
  }

  @Test("a configuration that may not be read is told, and not passed over")
  func unreadable() throws {
    let fault = Fault(call: "open", number: 1, outcome: .fails(EACCES))
    let project = try ConfiguredProject("threads = 1")
    let mark = try TemporaryFile()
    let outcome = try project.run("scan", ".", environment: fault.environment(mark: mark))
    #expect(outcome.code == 2)
    #expect(
      outcome.errors.contains(
        "weir.toml: cannot be opened: Permission denied; check its permissions"))
  }
}
