/// Runs the check a rule states over the segments it names.
enum Check {
  static func outcome(of candidate: Candidate, form: FormRecord, in view: View) -> CheckOutcome {
    guard let kind = form.check else { return .none }
    let source = view[candidate.range(form.checkSourceBegin, form.checkSourceEnd)]
    let target = view[candidate.range(form.checkTargetBegin, form.checkTargetEnd)]
    let isValid =
      switch kind {
      case .crc32Base62: holds(source, target, digits: CRC32.base62)
      case .crc32Base36: holds(source, target, digits: CRC32.base36)
      case .base58Check: Base58Check.isValid(source)
      }
    return isValid ? .valid : .failed
  }

  private static func holds(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeRawBufferPointer, digits: [UInt8]
  ) -> Bool {
    let expected = CRC32.text(CRC32.checksum(source), digits: digits, width: target.count)
    return target.elementsEqual(expected)
  }
}
