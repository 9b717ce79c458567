/// Runs the check a rule states over the segments it names.
enum Check {
  static func outcome(of candidate: Candidate, form: FormRecord, in view: View) -> CheckOutcome {
    guard let kind = form.check else { return .none }
    let source = view[candidate.range(form.checkSourceBegin, form.checkSourceEnd)]
    let target = view[candidate.range(form.checkTargetBegin, form.checkTargetEnd)]
    switch kind {
    case .base58Check: return outcome(Base58Check.isValid(source))
    case .bech32: return outcome(Bech32.isValid(source))
    case .azureHIS: return AzureKey.outcome(ofHIS: source)
    case .azureCASK: return outcome(AzureKey.isValidCASK(source))
    case .crc32Base62, .crc32Base62Lower, .crc32Base36, .crc32Hex, .crc32HexLittle,
      .crc32Atlassian:
      let expected = ChecksumText.expected(kind, of: source, width: target.count)
      return outcome(expected.map(target.elementsEqual) ?? false)
    }
  }

  private static func outcome(_ isValid: Bool) -> CheckOutcome { isValid ? .valid : .failed }
}
