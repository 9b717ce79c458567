/// What stands like a secret and is none.
extension Verifier {
  /// What opens so is none: a mask, or what stands for a secret.
  func isRefused(
    _ candidate: Candidate, keyBlock: KeyBlock?, opening end: UInt64, in view: View
  ) -> Bool {
    if containsMask(candidate.start..<end, in: view) { return true }
    let form = tables.forms[Int(candidate.form)]
    switch form.tail {
    case .jwt:
      let header = candidate.range(form.elementCount - 4, form.elementCount - 2)
      let payload = candidate.range(form.elementCount - 1, form.elementCount)
      return !TokenHeader.isValid(view[header])
        || Placeholder.isSampleToken(payload: view[payload])
    case .keyBlock:
      guard let block = keyBlock else { return true }
      return Placeholder.isMonotonous(view[block.bodyStart..<block.bodyEnd])
    case .openRun, .none, .bip39Phrase, .electrumPhrase, .algorandPhrase, .moneroPhrase,
      .slip39Phrase:
      let secret = (candidate.secretStart ?? candidate.start)..<end
      return isPlaceholder(secret, form: form, in: view)
    }
  }

  func isPlaceholder(_ secret: Range<UInt64>, form: FormRecord, in view: View) -> Bool {
    let bytes = view[secret]
    if form.isNotHex, bytes.allSatisfy(Edge.isHex) { return true }
    return Placeholder.stands(for: bytes, prefixBytes: Int(form.shownPrefixBytes))
  }

  /// Nothing that contains a mask is a finding: redaction must not make one.
  func containsMask(_ range: Range<UInt64>, in view: View) -> Bool {
    let bytes = view[range]
    var index = MaskText.head.count - 1
    // A mask's head is found by its last byte.
    while index < bytes.count {
      if bytes[index] == MaskText.headLast,
        view.hasSuffix(MaskText.head, at: range.lowerBound + UInt64(index) + 1)
      {
        return true
      }
      index += 1
    }
    return false
  }
}
