// What rules that see lines have found.
extension Verifier {
  /// - Parameter window: where the window stands that the match counts from.
  mutating func accept(
    _ match: LineMatch, of window: Range<UInt64>, in view: View, decider: inout Decider
  ) {
    let rule = tables.rules[match.rule]
    guard policy.reports(match.rule, as: rule.confidence) else { return }
    let start = window.lowerBound + UInt64(match.secret.lowerBound)
    let secret = start..<start + UInt64(match.secret.count)
    if match.isUnjudged {
      guard policy.masksUnjudged else { return }
    } else if secret.isEmpty || isInMask(secret, of: window, in: view) {
      return
    }
    serial += 1
    decider.accept(
      rule: UInt16(match.rule), specificity: rule.specificity, secret: secret,
      confidence: rule.confidence, serial: serial, isUnjudged: match.isUnjudged, in: view)
  }

  /// A mask stands in it, or it in a mask: it shares a byte with a head, or stands behind one with nothing between but what a mask may have.
  private func isInMask(
    _ secret: Range<UInt64>, of window: Range<UInt64>, in view: View
  ) -> Bool {
    var start = secret.lowerBound
    while start > window.lowerBound, MaskText.tailBytes.contains(view[start - 1]) { start -= 1 }
    let end = min(secret.upperBound + UInt64(MaskText.head.count) - 1, window.upperBound)
    return containsMask(start..<end, in: view)
      || view.hasSuffix(MaskText.stars, at: secret.lowerBound) || isOfStars(view[secret])
  }

  /// It holds a mask of stars, or has nothing else.
  private func isOfStars(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var run = 0
    for byte in bytes {
      run = byte == MaskText.stars[0] ? run + 1 : 0
      if run == MaskText.stars.count { return true }
    }
    return run == bytes.count
  }
}
