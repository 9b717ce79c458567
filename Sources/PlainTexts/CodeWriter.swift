internal import WeirSpecimens

/// Passages of programs and settings: what stands to the right of `key =` is a call, a name, a number, a path.
enum CodeWriter {
  static func passage(_ random: inout SplitMix64) -> String {
    switch random.below(5) {
    case 0: python(&random)
    case 1: swift(&random)
    case 2: javaScript(&random)
    case 3: c(&random)
    default: settings(&random)
    }
  }

  /// What most lines of programs are: nothing that rules look at twice.
  private static func plain(
    _ random: inout SplitMix64, indent: String, comment: String, end: String = ""
  ) -> String {
    let (name, other) = (random.pick(Words.things), random.pick(Words.common))
    return indent
      + random.pick([
        "\(comment) \(random.words(random.number(3, 12)))",
        "\(name) = \(other) + \(random.below(100))\(end)",
        "\(name).append(\(other), \(random.below(1000)))\(end)",
        "log.debug(\"\(random.words(random.number(2, 7)))\")\(end)",
        "\(name)_\(other)[\(random.below(64))] = 0x\(random.hex(4))\(end)",
        "if \(other) > \(random.below(100)) { \(name) = \(other)(\(random.below(9))) }\(end)",
        "return \(name).\(other)(\(random.below(9)), \(random.below(9)))\(end)",
      ])
  }

  private static func python(_ random: inout SplitMix64) -> String {
    let (function, argument) = (random.name(), random.name())
    var lines = ["def \(function)(\(argument), limit=\(random.below(100))):"]
    lines.append("    \"\"\"\(random.words(random.number(4, 12))).\"\"\"")
    for _ in 0..<random.number(4, 16) {
      if random.below(16) > 0 {
        lines.append(plain(&random, indent: "    ", comment: "#"))
        continue
      }
      let name = random.name()
      lines.append(
        random.pick([
          "    \(name) = os.environ[\"\(name.uppercased())\"]",
          "    \(name) = \(argument).get(\"\(random.name())\")",
          "    if \(name) is None or len(\(name)) < \(random.below(64)):",
          "        raise ValueError(f\"{\(name)} \(random.words(3))\")",
          "    \(name) = \"\(random.pick(Words.things)).\(random.pick(Words.endings))\"",
          "    self.\(name) = hashlib.sha256(\(argument).encode()).hexdigest()",
          "    headers = {\"Authorization\": f\"Bearer {\(name)}\"}",
          "    for \(random.pick(["key", "token"])), value in sorted(\(argument).items()):",
          "    assert digest(\(random.pick(Words.things))) == \"\(random.hex(40))\"",
        ]))
    }
    lines.append("    return \(argument)\n")
    return lines.joined(separator: "\n")
  }

  private static func swift(_ random: inout SplitMix64) -> String {
    let thing = random.pick(Words.things)
    let type = thing.prefix(1).uppercased() + thing.dropFirst()
    var lines = ["/// \(random.words(random.number(4, 10))).", "struct \(type)Store {"]
    for _ in 0..<random.number(4, 14) {
      if random.below(16) > 0 {
        lines.append(plain(&random, indent: "  ", comment: "//"))
        continue
      }
      let name = random.name(joinedBy: "")
      lines.append(
        random.pick([
          "  private let \(name): String",
          "  static let \(name) = \"\(random.pick(Words.services)).\(random.pick(Words.endings))\"",
          "  var \(name) = \(random.below(4096))",
          "  guard let \(name) = keychain.value(for: .\(random.name(joinedBy: ""))) else { return nil }",
          "  let token = lexer.next()", "  if token.kind == .identifier { key = token.text }",
          "  dictionary[key] = value",
        ]))
    }
    return (lines + ["}\n"]).joined(separator: "\n")
  }

  private static func javaScript(_ random: inout SplitMix64) -> String {
    var lines = ["export async function \(random.name(joinedBy: ""))(req, res) {"]
    for _ in 0..<random.number(4, 14) {
      if random.below(16) > 0 {
        lines.append(plain(&random, indent: "  ", comment: "//", end: ";"))
        continue
      }
      let name = random.name(joinedBy: "")
      lines.append(
        random.pick([
          "  const \(name) = process.env.\(random.name().uppercased());",
          "  const { \(name), \(random.name(joinedBy: "")) } = req.body;",
          "  const \(name) = await client.\(random.pick(Words.things))({ key: '\(random.pick(Words.things))' });",
          "  localStorage.setItem('\(random.name())', JSON.stringify(\(name)));",
          "  if (!\(name)) throw new Error('\(random.words(4))');",
          "  // \(random.words(random.number(4, 12)))",
          "  res.set('ETag', '\"\(random.hex(32))\"');",
          "  const id = '\(random.uuid())';",
        ]))
    }
    return (lines + ["}\n"]).joined(separator: "\n")
  }

  private static func c(_ random: inout SplitMix64) -> String {
    var lines = [
      "static int \(random.name())(struct \(random.pick(Words.things)) *p, size_t n)", "{",
    ]
    for _ in 0..<random.number(4, 14) {
      if random.below(16) > 0 {
        lines.append(plain(&random, indent: "\t", comment: "//", end: ";"))
        continue
      }
      let name = random.name()
      lines.append(
        random.pick([
          "\tuint32_t \(name) = 0x\(random.hex(8));", "\tconst char *\(name) = NULL;",
          "\tif (p->\(name) == NULL || n > \(random.below(65536)))", "\t\treturn -EINVAL;",
          "\tmemcpy(p->\(name), key, sizeof(key));",
          "\t/* \(random.words(random.number(4, 10))) */",
          "\tp->key = (struct key *)token;",
          "\tstatic const uint8_t \(name)[] = { 0x\(random.hex(2)), 0x\(random.hex(2)), 0x\(random.hex(2)) };",
        ]))
    }
    return (lines + ["\treturn 0;", "}\n"]).joined(separator: "\n")
  }

  private static func settings(_ random: inout SplitMix64) -> String {
    var lines = ["# \(random.words(random.number(3, 8)))", "\(random.pick(Words.services)):"]
    for _ in 0..<random.number(4, 14) {
      if random.below(16) > 0 {
        lines.append(plain(&random, indent: "  ", comment: "#"))
        continue
      }
      let name = random.name()
      lines.append(
        random.pick([
          "  \(name): ${\(name.uppercased())}", "  \(name): \"{{ .Values.\(name) }}\"",
          "  \(name): /etc/\(random.pick(Words.services))/\(random.pick(Words.things)).pem",
          "  \(name): \(random.below(10000))",
          "  image: registry.local/app@sha256:\(random.hex(64))",
          "  \(name):\n    secretKeyRef:\n      name: \(random.pick(Words.services))\n      key: \(name)",
          "  \(name): \(random.words(2))",
        ]))
    }
    return (lines + [""]).joined(separator: "\n")
  }
}
