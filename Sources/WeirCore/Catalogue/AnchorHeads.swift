/// What anchors of a catalogue have in common: forty addresses of one provider, or ten kinds of `-----BEGIN `, are looked for once, by the bytes they all begin with.
///
/// Hyperscan's tables become larger than the first cache when there are a thousand literals, and the scan a third slower
/// (`docs/design/0005-names.md`). What a shorter signature lets through, the first look at the form refuses.
struct AnchorHeads {
  /// So many bytes are rare enough to be looked for alone.
  private static let leastBytes = 10

  /// The greatest common head of all anchors that begin with these places.
  private var heads: [[ByteSet]: [ByteSet]] = [:]

  init(of rules: [RuleDefinition], holdBytes: Int) {
    for rule in rules where !rule.isArmed {
      for form in (try? rule.shape.forms(holdBytes: holdBytes)) ?? [] {
        if form.elements.first?.isLiteral == true, let anchor = Signature(of: form) { add(anchor) }
      }
    }
  }

  private mutating func add(_ anchor: Signature) {
    guard anchor.places.count >= Self.leastBytes else { return }
    let beginning = Array(anchor.places.prefix(Self.leastBytes))
    guard let head = heads[beginning] else {
      heads[beginning] = anchor.places
      return
    }
    heads[beginning] = zip(head, anchor.places).prefix { $0 == $1 }.map(\.0)
  }

  /// What is looked for in the anchor's place.
  func head(of anchor: Signature) -> Signature {
    guard let head = heads[Array(anchor.places.prefix(Self.leastBytes))],
      head.count < anchor.places.count
    else { return anchor }
    return Signature(places: head)
  }
}
