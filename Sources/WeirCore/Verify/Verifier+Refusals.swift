internal import CSieve

/// What stands like a secret and is none.
extension Verifier {
  /// What opens so is none: a mask, or what stands for a secret.
  func isRefused(
    _ candidate: Candidate, keyBlock: KeyBlock?, opening end: UInt64, in view: View
  ) -> Bool {
    if containsMask(candidate.start..<end, in: view) { return true }
    let form = tables.form(at: candidate.form)
    switch form.pointee.tail {
    case .jwt:
      let count = form.pointee.elementCount
      let header = candidate.range(count - 4, count - 2)
      let payload = candidate.range(count - 1, count)
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

  func isPlaceholder(
    _ secret: Range<UInt64>, form: UnsafePointer<FormRecord>, in view: View
  ) -> Bool {
    let bytes = view[secret]
    if form.pointee.isNotHex, bytes.allSatisfy(Edge.isHex) { return true }
    return Placeholder.stands(for: bytes, prefixBytes: Int(form.pointee.shownPrefixBytes))
  }

  /// Nothing that contains a mask is a finding: redaction must not make one.
  func containsMask(_ range: Range<UInt64>, in view: View) -> Bool {
    let count = Int(range.upperBound - range.lowerBound)
    guard count >= MaskText.headBytes else { return false }
    let bytes = view.pointer(to: range.lowerBound, below: range.upperBound)
    // A mask's head is found by its last two bytes.
    var place = MaskText.headBytes - 2
    while true {
      place = pair_in(bytes, count, place, MaskText.headLastButOne, MaskText.headLast)
      if place == count { return false }
      if view.hasSuffix(MaskText.head, at: range.lowerBound + UInt64(place) + 2) { return true }
      place += 1
    }
  }
}
