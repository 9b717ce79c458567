public import Oracle
public import WeirCore

/// Compares the engine with the oracle: the same findings, the same output, the right lines and columns, and no byte of a
/// kept match in the output.
///
/// - Returns: what differs, to be printed; nil when nothing does.
public func disagreement(
  of input: [UInt8], cutInto chunks: [ArraySlice<UInt8>], policy: Policy, oracle: Oracle,
  catalogue: Catalogue = BuiltIn.catalogue
) throws -> String? {
  let result = try scan(chunks, policy: policy, catalogue: catalogue)
  return disagreement(
    of: result, input: input, with: Verdict(of: oracle, on: input), catalogue: catalogue
  ).map { "\($0)\ncut at: \(chunks.map(\.startIndex).prefix(200))" }
}

/// What the oracle says of one input; worth keeping when the input is cut in many ways.
public struct Verdict {
  let findings: [OracleFinding]
  let secrets: [Range<Int>]
  let output: [UInt8]

  public init(of oracle: Oracle, on input: [UInt8]) {
    let kept = oracle.kept(in: input)
    findings = kept.reported
    secrets = kept.secrets
    output = Oracle.redacted(input, findings: kept.reported) { finding, _ in
      MaskMode.ruleText(finding.ruleID)
    }
  }

  public var isEmpty: Bool { findings.isEmpty }
}

public func disagreement(
  of result: ScanResult, input: [UInt8], with verdict: Verdict, catalogue: Catalogue
) -> String? {
  let found = findings(result, catalogue: catalogue)
  guard found == verdict.findings, result.output == verdict.output else {
    return """
      engine: \(found.map(described))
      oracle: \(verdict.findings.map(described))
      input:  \(shown(input))
      """
  }
  for finding in result.findings where finding.line > 0 {
    let before = input[..<Int(finding.start)]
    let column = before.count - (before.lastIndex(of: 0x0A) ?? -1)
    guard finding.line == before.count(where: { $0 == 0x0A }) + 1, finding.column == column else {
      return "line \(finding.line), column \(finding.column) of \(finding.start) in \(shown(input))"
    }
  }
  // Every byte of a kept match lies in a reported one: what the output lacks.
  for secret in verdict.secrets {
    let isCovered = secret.allSatisfy { place in
      result.findings.contains { $0.start <= place && place < $0.end }
    }
    guard isCovered else { return "a byte of \(secret) is emitted of \(shown(input))" }
  }
  return nil
}

/// One line for a failure.
private func described(_ finding: OracleFinding) -> String {
  let words = ["\(finding.secret)", "\(finding.check)", "\(finding.confidence)"]
  return ([finding.ruleID] + words + finding.via.map(\.name)).joined(separator: " ")
}
