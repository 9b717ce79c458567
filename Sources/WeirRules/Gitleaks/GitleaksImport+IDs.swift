// What a rule is called.
extension GitleaksImport {
  private static let provider = "gitleaks"
  private static let mostIDBytes = 32

  /// `gitleaks.noun`, at most 32 bytes: of a longer one the beginning, and a number made of all of it.
  func newID(of id: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyz0123456789")
    let noun = id.lowercased().map { plain.contains($0) ? $0 : "-" }
      .split(separator: "-").map { String($0) }.joined(separator: "-")
    let most = Self.mostIDBytes - Self.provider.count - 1
    var result = noun
    if noun.isEmpty || noun.count > most || ids.values.contains("\(Self.provider).\(noun)") {
      var hash: UInt32 = 2_166_136_261
      for byte in id.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
      let digits = String(hash & 0xFFFF | 0x10000, radix: 16).dropFirst()
      result = noun.prefix(most - 5) + "-" + digits
    }
    return "\(Self.provider).\(result)"
  }
}
