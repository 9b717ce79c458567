/// The first two parts of a signed JWT (RFC 7519): a header that names an algorithm, and a JSON
/// object of claims.
package enum SignedToken {
  /// - Parameter text: both parts, in base64url, with a dot between. What stands behind a second
  ///   dot does not count.
  package static func isValid(_ text: UnsafeRawBufferPointer) -> Bool {
    let parts = text.split(
      separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count > 1 && TokenHeader.isValid(UnsafeRawBufferPointer(rebasing: parts[0]))
      && TokenHeader.isObject(UnsafeRawBufferPointer(rebasing: parts[1]))
  }
}
