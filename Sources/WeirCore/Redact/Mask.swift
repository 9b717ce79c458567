/// What stands where a secret stood.
public enum MaskStyle: String, CaseIterable, Sendable {
  /// `WEIR_REDACTED_<rule-id>`, and `_<fingerprint>` with a key.
  case rule
  /// `WEIR_REDACTED`.
  case fixed
  /// As many stars as the secret has bytes.
  case stars
  /// `WEIR_REDACTED_<fingerprint>`; needs a key.
  case hash
}

/// Writes mask texts of bounded length: those of every style but `stars`.
package struct MaskWriter {
  package static let greatestBytes = 256

  package let style: MaskStyle
  private let catalogue: Catalogue

  package init(style: MaskStyle, catalogue: Catalogue) {
    self.style = style
    self.catalogue = catalogue
  }

  /// - Parameter room: at least `greatestBytes`.
  /// - Returns: how many bytes were written.
  package func write(_ finding: Finding, into room: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var text = BoundedText(room: room)
    MaskText.head.withUnsafeBytes { text.append($0) }
    if style == .rule {
      text.append(UInt8(ascii: "_"))
      catalogue.withRuleID(finding.rule) { text.append($0) }
    }
    if style != .fixed, let fingerprint = finding.fingerprint {
      text.append(UInt8(ascii: "_"))
      text.append(hexDigitsOf: fingerprint.value)
    }
    return text.count
  }

  /// The mask's text, for the time of a call.
  package func withText(of finding: Finding, _ body: (UnsafeRawBufferPointer) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.greatestBytes) { room in
      let count = write(finding, into: room)
      body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<count]))
    }
  }
}
