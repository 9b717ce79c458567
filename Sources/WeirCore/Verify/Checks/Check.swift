/// Runs the check a rule states over the segments it names.
package enum Check {
  static func outcome(
    of candidate: borrowing Candidate, form: UnsafePointer<FormRecord>, in view: View
  ) -> CheckOutcome {
    guard form.pointee.checkCode != 0, let kind = form.pointee.check else { return .none }
    let form = form.pointee
    let source = view[candidate.range(form.checkSourceBegin, form.checkSourceEnd)]
    let target = view[candidate.range(form.checkTargetBegin, form.checkTargetEnd)]
    return outcome(of: kind, source, target)
  }

  /// - Parameter target: what the check compares with; of a check without a target it is not looked
  ///   at.
  package static func outcome(
    of kind: CheckExpression.Kind, _ source: UnsafeRawBufferPointer,
    _ target: UnsafeRawBufferPointer
  ) -> CheckOutcome {
    switch kind {
    case .base58Check: return outcome(Base58Check.isValid(source))
    case .bech32: return outcome(Bech32.isValid(source))
    case .azureHIS: return AzureKey.outcome(ofHIS: source)
    case .azureCASK: return outcome(AzureKey.isValidCASK(source))
    case .base64JSON: return outcome(TokenHeader.isObject(source))
    case .jwt: return outcome(SignedToken.isValid(source))
    case .base64Text: return outcome(EncodedText.isText(source))
    case .base64Login: return outcome(EncodedText.isLogin(source))
    case .base64Number: return outcome(EncodedText.isNumber(source))
    case .crc16Base32: return outcome(CRC16.isValidBase32(source))
    case .base58CheckXRP: return outcome(Base58Check.isValidRipple(source))
    case .macaroon: return outcome(Macaroon.isValid(source))
    case .miniKey: return outcome(MiniKey.isValid(source))
    case .ed25519Scalar: return outcome(CurveScalar.isReduced(source))
    case .x25519Scalar: return outcome(CurveScalar.isClamped(source))
    case .crc32Base62End: return outcome(ChecksumText.isValidEnd(source))
    case .crc32Base62, .crc32Base62Lower, .crc32Base36, .crc32Hex, .crc32HexLittle,
      .crc32Atlassian, .crc32Base64, .sha256Base32:
      let expected = ChecksumText.expected(kind, of: source, width: target.count)
      return outcome(expected.map(target.elementsEqual) ?? false)
    }
  }

  private static func outcome(_ isValid: Bool) -> CheckOutcome { isValid ? .valid : .failed }
}
