public import Oracle
public import WeirCore
internal import WeirRules
public import WeirSpecimens

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The project's rules, read and compiled once.
public enum BuiltIn {
  public static let definitions: [RuleDefinition] = {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    do { return try RuleFolder.definitions(at: "/\(folder)/rules") } catch {
      preconditionFailure("\(error)")
    }
  }()

  public static let catalogue: Catalogue = {
    do { return try Catalogue(compiling: definitions) } catch { preconditionFailure("\(error)") }
  }()

  public static func maker(seed: UInt64) -> SpecimenMaker {
    SpecimenMaker(rules: definitions, seed: seed)
  }
}

/// Longer runs: WEIR_TEST_SCALE multiplies the number of random inputs.
public enum Scale {
  public static let factor = getenv("WEIR_TEST_SCALE").flatMap { Int(String(cString: $0)) } ?? 1
}

/// What an engine says, in the oracle's terms.
public func findings(_ result: ScanResult, catalogue: Catalogue = BuiltIn.catalogue)
  -> [OracleFinding]
{
  result.findings.map {
    OracleFinding(
      ruleID: catalogue.ruleID($0.rule), secret: Int($0.start)..<Int($0.end), check: $0.check,
      confidence: $0.confidence, via: $0.via)
  }
}

/// Shows bytes in a failure: text as it is, all else escaped; long ones by their ends.
public func shown(_ bytes: some Collection<UInt8>) -> String {
  func escaped(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
      switch byte {
      case 0x0A: "\\n"
      case 0x20...0x7E: String(UnicodeScalar(byte))
      default: "\\x" + String(byte, radix: 16)
      }
    }.joined()
  }
  return bytes.count <= 3000
    ? escaped(bytes) : escaped(bytes.prefix(1500)) + " … " + escaped(bytes.suffix(1500))
}
