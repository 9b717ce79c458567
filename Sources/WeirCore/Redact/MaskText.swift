/// The text that stands where a secret stood, and what a scan must know of it.
public enum MaskText {
  /// What every mask but `stars` begins with. Nothing that contains it is a finding.
  public static let head: [UInt8] = Array("WEIR_REDACTED".utf8)
  static let headBytes = 13
  static let headLast = UInt8(ascii: "D")
  static let headLastButOne = UInt8(ascii: "E")
  /// So many stars are a mask as well: no edge.
  static let stars = [UInt8](repeating: UInt8(ascii: "*"), count: 8)

  /// What may follow the head within one mask.
  static let tailBytes = Alphabet.named["word"]!.union(ByteSet(".-"))

  /// Refuses rules whose mask could, with the text after it, look like a credential.
  ///
  /// A mask that ends in `-key` before `-0123…` would read `key-0123…`: redaction would make a finding.
  static func refuseAnchors(
    rules: [RuleDefinition], signatures: [Signature], kinds: [SignatureRecord.Kind]
  ) throws(CatalogueError) {
    try refuseEncoded(rules: rules, signatures: signatures, kinds: kinds)
    var anchorsOfByte: [[Signature]] = Array(repeating: [], count: 256)
    for (signature, kind) in zip(signatures, kinds) where kind == .anchor {
      for byte in signature.places[0].bytes { anchorsOfByte[Int(byte)].append(signature) }
    }
    for rule in rules {
      let mask = head + Array("_\(rule.id)".utf8)
      let isPlain = rule.id.utf8.allSatisfy {
        ByteSet("abcdefghijklmnopqrstuvwxyz0123456789.-").contains($0)
      }
      guard isPlain, rule.id.utf8.count <= 32,
        rule.id.split(separator: ".").count == 2
      else {
        throw .rule(rule.id, reason: "an id is provider.noun of a-z 0-9 - and at most 32 bytes")
      }
      for start in mask.indices {
        let rest = mask[start...]
        let isInWord = start > 0 && ByteSet.word.contains(mask[start - 1])
        for signature in anchorsOfByte[Int(mask[start])] {
          let needsEdge = !signature.places[0].isDisjoint(with: .word)
          if needsEdge && isInWord { continue }
          if rest.count < signature.places.count,
            zip(rest, signature.places).allSatisfy({ $1.contains($0) })
          {
            throw .rule(
              rule.id, reason: "its mask ends as another rule's anchor begins; name it otherwise")
          }
        }
      }
    }
  }

  private static func refuseEncoded(
    rules: [RuleDefinition], signatures: [Signature], kinds: [SignatureRecord.Kind]
  ) throws(CatalogueError) {
    for (signature, kind) in zip(signatures, kinds) where kind == .encoded {
      // What begins in a mask and ends behind it is refused where it stands.
      for start in head.indices where start + signature.places.count <= head.count {
        if zip(head[start...], signature.places).allSatisfy({ $1.contains($0) }) {
          throw .rule(rules[0].id, reason: "an encoded anchor stands in every mask")
        }
      }
    }
  }
}
