/// Which word each cue's signature stands for. The tables keep only widths; the words are laid out anew as the builder laid them out.
struct CueSignatures {
  enum Word: Equatable {
    case cue(String)
    /// A noun, with what may stand around it at a name's end.
    case noun(String)
  }

  /// By signature; nil for what is no cue.
  let words: [Word?]

  init(catalogue: Catalogue) {
    var known: Set<[ByteSet]> = []
    var found: [(widthBytes: Int, word: Word)] = []
    func add(_ signature: Signature, _ word: Word) {
      guard known.insert(signature.places).inserted else { return }
      found.append((signature.places.count, word))
    }
    let tables = catalogue.tables
    // Rules with cues have a zone of their own that is no pair's.
    var hasCues = Set<Int>()
    for zone in tables.zones where !zone.isOfNames && zone.pairSource == ZoneRecord.noRule {
      hasCues.insert(Int(tables.forms[Int(zone.firstForm)].rule))
    }
    for rule in hasCues.sorted() {
      for word in catalogue.texts.text(.context, rule: rule).split(separator: "\n") {
        add(Signature(cue: String(word)), .cue(String(word)))
      }
    }
    if tables.zones.contains(where: \.isOfNames) {
      for noun in Nouns.all {
        for signature in Nouns.signatures(of: noun) { add(signature, .noun(noun)) }
      }
    }
    var next = 0
    words = tables.signatures.map { record in
      guard record.kind == .cue else { return nil }
      defer { next += 1 }
      guard next < found.count, found[next].widthBytes == record.widthBytes else { return nil }
      return found[next].word
    }
  }
}
