internal import WeirSpecimens

/// Entries of lock files: a package, its version, where it is from, and its digest.
enum LockWriter {
  static func package(turn: Int, _ random: inout SplitMix64) -> String {
    let name = random.pick(Words.packages)
    let version = "\(random.below(12)).\(random.below(30)).\(random.below(20))"
    // A file is of one kind for some hundred entries.
    switch turn / 200 % 5 {
    case 0:
      return """
            "node_modules/\(name)": {
              "version": "\(version)",
              "resolved": "https://registry.npmjs.org/\(name)/-/\(name)-\(version).tgz",
              "integrity": "sha512-\(random.base64(86))==",
              "license": "MIT",
              "engines": { "node": ">=\(random.number(8, 22))" }
            },
        """
    case 1:
      return """
        [[package]]
        name = "\(name)"
        version = "\(version)"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "\(random.hex(64))"
        dependencies = ["\(random.pick(Words.packages))", "\(random.pick(Words.packages))"]

        """
    case 2:
      return """
        \(name)==\(version) \\
            --hash=sha256:\(random.hex(64)) \\
            --hash=sha256:\(random.hex(64))
        """
    case 3:
      return """
        github.com/\(random.pick(Words.things))/\(name) v\(version) h1:\(random.base64(43))=
        github.com/\(random.pick(Words.things))/\(name) v\(version)/go.mod h1:\(random.base64(43))=
        """
    default:
      return """
        "\(name)@^\(version)":
          version "\(version)"
          resolved "https://registry.yarnpkg.com/\(name)/-/\(name)-\(version).tgz#\(random.hex(40))"
          integrity sha512-\(random.base64(86))==

        """
    }
  }
}
