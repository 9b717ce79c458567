/// Says how sure it is that what is assigned to the name of a credential is one: by the name, the value and what stands around it.
///
/// Rules with `judge` state a name and the bytes of a value, and no structure; all that tells `password=` and `correct1horse` from `password=getPassword(user)` is here.
package enum Judge {
  /// - Parameters:
  ///   - value: the bytes of the value, without its quotes.
  ///   - next: the byte behind it, nil at the end of input.
  ///   - isClosed: the form asks for a quote behind the value.
  /// - Returns: nil when it is no credential.
  package static func confidence(
    of value: UnsafeRawBufferPointer, named name: CredentialName, next: UInt8?, isClosed: Bool
  ) -> Confidence? {
    // A value in quotes reaches up to them, or up to their escape.
    if isClosed, !closes(next, name.quote) { return nil }
    if let quote = name.quote, next != quote, next != UInt8(ascii: "\\") { return nil }
    let traits = ValueTraits(value)
    if Expression.isAny(value, traits, name: name, next: next) { return nil }
    if standsForOther(value, traits) { return nil }
    return switch name.kind {
    case .password: ofPassword(traits, name: name)
    case .secret, .token, .key: ofKey(traits, name: name)
    }
  }

  /// What follows a value closes this quote: the same one, or the escaped one of JSON in JSON.
  private static func closes(_ next: UInt8?, _ quote: UInt8?) -> Bool {
    next == quote || quote == UInt8(ascii: "\"") && next == UInt8(ascii: "\\")
  }

  /// As above, of a form that begins at `start`.
  static func confidence(
    of secret: Range<UInt64>, form: FormRecord, from start: UInt64, in view: View
  ) -> Confidence? {
    let next = secret.upperBound < view.end ? view[secret.upperBound] : nil
    let isClosed = form.secretEnd < form.elementCount
    // Asked again below; but a name is dearer to read than a byte.
    if isClosed, start == view.start || !closes(next, view[start - 1]) { return nil }
    guard let name = CredentialName(before: start, in: view) else { return nil }
    return confidence(of: view[secret], named: name, next: next, isClosed: isClosed)
  }

  /// A path, a version, an address, a reference to where the secret is kept, a template, a fixture.
  private static func standsForOther(
    _ value: UnsafeRawBufferPointer, _ traits: ValueTraits
  ) -> Bool {
    if traits.isPath || traits.isVersion || traits.isMailAddress || isScheme(value) { return true }
    return notSecret.isAny(in: value)
  }

  /// An authorization scheme, behind which the credential stands.
  private static func isScheme(_ value: UnsafeRawBufferPointer) -> Bool {
    schemes.contains {
      $0.count == value.count && zip($0, value).allSatisfy { $0 == $1.lowercased }
    }
  }

  private static let schemes = ["basic", "bearer", "digest", "token"].map { Array($0.utf8) }

  /// What no secret holds, in any case; the chance that dice make one of them is less than one in a million.
  private static let notSecret = PartFinder([
    "://", "${", "{{", "#{", "<%", "$(", "%(", "%[", "%s", "{}", "process.env", "os.environ",
    "getenv", "config.", "arn:aws", "aws4_request", "vault:", "secretsmanager", "keyvault", "ssm:",
    "op://", "xxxx", "your-", "your_", "yourp", "yours", "yourt", "yourk", "youra", "dummy",
    "sample", "insert", "replace", "todo", "fixme", "redact", "censored", "filtered", "hidden",
    "masked", "removed", "undefined", "not-set", "notset", "mock", "****", "...", "----",
  ])

  /// People choose passwords: a word and a number is one, a word alone is a guess.
  private static func ofPassword(_ traits: ValueTraits, name: CredentialName) -> Confidence? {
    if traits.count < 5 { return nil }
    if traits.isRandom, traits.count >= 8 { return .medium }
    if traits.isScrambled { return .medium }
    // Words of a form or a program: `current-password`, `user_password`, `Passwort`.
    if traits.digits == 0, traits.symbols == 0 { return traits.separators > 0 ? nil : .low }
    if traits.letters == 0 { return traits.symbols > 0 ? .medium : .low }
    if traits.isFixture { return .low }
    if traits.symbols > 0 { return .medium }
    // A version, a name with a number.
    if traits.separators > 0 { return .low }
    return traits.count >= 6 ? .medium : .low
  }

  /// Machines choose the others: long, and without words.
  private static func ofKey(_ traits: ValueTraits, name: CredentialName) -> Confidence? {
    if traits.isFixture || traits.letters == 0 || traits.count < 8 { return nil }
    if traits.isHex || traits.isUUID {
      // A digest or an id looks the same: only the name can say that it is neither.
      guard traits.count >= 16 else { return nil }
      return name.isExplicit ? .medium : .low
    }
    guard traits.isRandom else { return nil }
    if traits.count < 16 { return name.isExplicit && traits.digits > 0 ? .medium : .low }
    if name.isExplicit { return .medium }
    return traits.count >= 20 && traits.isMixed ? .medium : .low
  }
}
