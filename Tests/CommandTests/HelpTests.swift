import Foundation
import Testing

/// What the command says of itself is true, and can be read.
@Suite struct HelpTests {
  private struct Told: Decodable {
    var command: TheCommand

    struct TheCommand: Decodable {
      var commandName: String
      var discussion: String?
      var subcommands: [TheCommand]?

      /// Its help and that of all below it.
      func names(behind outer: [String] = []) -> [[String]] {
        let names = outer + [commandName]
        return [Array(names.dropFirst())]
          + (subcommands ?? []).flatMap { $0.names(behind: names) }
      }

      /// Lines of help texts that are commands.
      var examples: [String] {
        let own = (discussion ?? "").split(separator: "\n").filter {
          $0.contains(/^(\S.*\| )?weir\s/)
        }
        // Behind two blanks it is said what they are for.
        return own.map {
          String($0.prefix(upTo: $0.firstRange(of: "  ")?.lowerBound ?? $0.endIndex))
        }
          + (subcommands ?? []).flatMap(\.examples)
      }
    }
  }

  private func told() throws -> Told.TheCommand {
    let json = try Command.run(["--experimental-dump-help"]).output
    return try JSONDecoder().decode(Told.self, from: Data(json)).command
  }

  /// A repository with all that examples name.
  private func project() throws -> RealRepository {
    var secrets = try Secrets(seed: 441)
    let repository = try RealRepository()
    let log = "first line\nkey " + secrets.token() + "\n"
    for name in ["app.log", "a.log", "b.log", "dump.sql", "config/app.env", "logs/app.log"] {
      try repository.write(name, log)
    }
    try repository.write("src/a.swift", Array("let a = 1\n".utf8))
    try repository.write("acme.toml", Array(Secrets.ownRules().utf8))
    let rule = "[[rules]]\nid = \"acme\"\nregex = 'acme-[0-9]{8}'\n"
    try repository.write(".gitleaks.toml", Array(rule.utf8))
    try repository.write("shipper", Array("#!/bin/sh\nexec cat > shipped.log\n".utf8))
    try repository.commit()
    return repository
  }

  private func run(_ example: String, in repository: RealRepository) throws {
    // One that follows a file ends with a signal.
    let isEndless = example.contains("--follow")
    let limit =
      isEndless
      ? "timeout --preserve-status -s INT 1 " : example.hasPrefix("tail -f") ? "timeout 1 " : ""
    let script = """
      cd '\(repository.path)'; PATH=$(dirname "$1"):$PWD:$PATH; chmod +x shipper
      gzip -kf app.log; tar cf image.tar src
      mkdir -p .zfunc .config/fish/completions .local/share/bash-completion/completions
      \(limit)\(example)
      """
    let outcome = try Command.run([], through: script, environment: ["HOME": repository.path])
    #expect(isEndless ? outcome.code == 2 : outcome.code < 2, "\(example): \(outcome.errors)")
  }

  @Test("every command in a help text runs")
  func examples() throws {
    let repository = try project()
    let examples = try told().examples
    #expect(examples.count >= 15)
    for example in examples { try run(example, in: repository) }
  }

  @Test("every command of the README's list runs")
  func listed() throws {
    let root = URL(filePath: Secrets.rulesFolder).deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let list = try #require(page.firstMatch(of: /## Use\n\n```\n(.*?)```/.dotMatchesNewlines())).1
    let examples = list.split(separator: "\n").map { line in
      // Behind a sign it is said what they are for.
      String(line.prefix(upTo: line.firstRange(of: #/ +# /#)?.lowerBound ?? line.endIndex))
    }
    #expect(examples.count >= 20)
    let repository = try project()
    for example in examples { try run(example, in: repository) }
  }

  @Test("no line of a help screen is wider than 80 columns, and examples come first")
  func screens() throws {
    for names in try told().names() where names != ["help"] {
      let help = try Command.run(names + ["--help"])
      #expect(help.code == 0)
      #expect(help.lines.allSatisfy { $0.count <= 80 }, "\(names)")
      guard let example = help.lines.firstIndex(where: { $0.contains(/^(\S.*\| )?weir\s/) }) else {
        continue
      }
      #expect(example <= 3, "\(names): \(help.lines[example])")
    }
  }

  @Test("-h fits a screen: examples, usage, and the name of each option that --help explains")
  func short() throws {
    for names in try told().names() where names != ["help"] {
      let help = try Command.run(names + ["--help"])
      let short = try Command.run(names + ["-h"])
      #expect(short.code == 0)
      #expect(short.lines.count <= 40, "\(names)")
      #expect(short.lines.allSatisfy { $0.count <= 80 }, "\(names)")
      #expect(short.lines.prefix(3) == help.lines.prefix(3))
      for line in help.lines where line.hasPrefix("  -") {
        let name = String(try #require(line.split(separator: " ").last { $0.hasPrefix("-") }))
        #expect(short.text.contains(name), "\(names): \(name)")
      }
    }
  }
}
