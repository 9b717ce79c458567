internal import WeirCore

/// What stands where a secret stood.
public enum Mask: Sendable, CaseIterable {
  /// `WEIR_REDACTED_<rule>`, and `_<fingerprint>` with a key.
  case rule
  /// `WEIR_REDACTED`.
  case fixed
  /// As many stars as the secret has bytes.
  case stars
  /// `WEIR_REDACTED_<fingerprint>`; needs a key.
  case hash

  var style: MaskStyle {
    switch self {
    case .rule: .rule
    case .fixed: .fixed
    case .stars: .stars
    case .hash: .hash
    }
  }
}

extension MaskWriter {
  private static let star = UInt8(ascii: "*")
  private static let stars = [UInt8](repeating: star, count: 4096)

  /// Passes on what stands in the place of `byteCount` bytes: in pieces, for a secret may be longer than memory.
  func write(
    _ finding: WeirCore.Finding, byteCount: UInt64, to body: (UnsafeRawBufferPointer) -> Void
  ) {
    guard style == .stars else { return withText(of: finding, body) }
    Self.stars.withUnsafeBytes { stars in
      var rest = byteCount
      while rest > 0 {
        let count = Int(min(rest, UInt64(stars.count)))
        body(UnsafeRawBufferPointer(rebasing: stars[..<count]))
        rest -= UInt64(count)
      }
    }
  }
}
