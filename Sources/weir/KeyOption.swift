internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// The key of fingerprints.
struct KeyOption: ParsableArguments {
  @Option(
    name: .customLong("key"),
    help: ArgumentHelp(
      "A file with the key of fingerprints, 16 to 64 bytes; one newline at its end does not count.",
      discussion: "Without it, the variable WEIR_KEY is taken if set: it holds the key itself.",
      valueName: "file"),
    completion: .file())
  var file: String?

  /// The file, if there is one: an input that no output may be.
  var paths: [Path] { file.map { [Path($0)] } ?? [] }

  func key() throws(KeyError) -> FingerprintKey? {
    guard let file else { return try FingerprintKey.fromEnvironment() }
    return try FingerprintKey(file: Path(file))
  }
}
