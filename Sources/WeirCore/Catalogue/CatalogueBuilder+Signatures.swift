// What Hyperscan looks for: the signatures of forms and cues, each once.
extension CatalogueBuilder {
  mutating func anchor(
    _ rule: RuleDefinition, forms: [Form], first: Int
  ) throws(CatalogueError) {
    // Forms with one beginning share a signature: Hyperscan then reports it once.
    var groups: [(head: [Form.Element], signature: Signature, forms: [UInt16])] = []
    for (offset, form) in forms.enumerated() {
      guard let signature = Signature(of: form) else {
        throw .rule(
          rule.id, reason: "no literal of three bytes near the start; give it a cue or a context")
      }
      if signature.places.contains(where: { $0.contains(0x0A) }) {
        throw .rule(rule.id, reason: "a signature may not hold a line feed")
      }
      if !signature.places[0].isDisjoint(with: ByteSet(" \t")) {
        throw .rule(
          rule.id,
          reason: "an anchor begins with no blank: every prompt that ends in one would wait")
      }
      let head = Array(form.elements.prefix(while: \.isLiteral))
      if let group = groups.firstIndex(where: { $0.head == head && !head.isEmpty }) {
        groups[group].signature = groups[group].signature.union(signature)
        groups[group].forms.append(UInt16(first + offset))
      } else {
        groups.append((head, signature, [UInt16(first + offset)]))
      }
    }
    for group in groups {
      add(
        group.head.isEmpty ? group.signature : heads.head(of: group.signature),
        targets: group.forms, kind: group.head.isEmpty ? .innerAnchor : .anchor)
    }
  }

  mutating func add(
    _ signature: Signature, targets: [UInt16], kind: SignatureRecord.Kind
  ) {
    for index in signatures.indices
    where signatures[index] == signature && kinds[index] == kind {
      targetsOfSignature[index] += targets
      return
    }
    signatures.append(signature)
    targetsOfSignature.append(targets)
    kinds.append(kind)
  }

  /// The one byte that a form has behind its first ones; 0 where it may be any.
  private func byte(behind count: Int, of form: FormRecord) -> UInt8 {
    var place = count
    for element in tables.elements[Int(form.firstElement)...].prefix(Int(form.elementCount)) {
      guard element.kind == .literal else { return 0 }
      if place < Int(element.min) { return tables.literals[Int(element.literalStart) + place] }
      place -= Int(element.min)
    }
    return 0
  }

  mutating func finishSignatures() throws(CatalogueError) {
    for (index, signature) in signatures.enumerated() {
      let targets = targetsOfSignature[index]
      guard tables.targets.count + targets.count <= UInt16.max else { throw .tooManyRules }
      tables.signatures.append(
        SignatureRecord(
          widthBytes: UInt16(signature.places.count), targetCount: UInt16(targets.count),
          firstTarget: UInt16(tables.targets.count), kindCode: kinds[index].rawValue,
          codingCode: signature.codingCode))
      tables.targets += targets
      tables.targetNexts += targets.map {
        kinds[index] == .anchor
          ? byte(behind: signature.places.count, of: tables.forms[Int($0)]) : 0
      }
      tables.widestBytes = max(tables.widestBytes, signature.places.count)
      guard kinds[index].beginsForms else { continue }
      tables.prefixes.append(
        PrefixRecord(
          firstPlace: UInt16(tables.places.count), placeCount: UInt8(signature.places.count),
          isEncoded: kinds[index] == .encoded))
      for set in signature.places { tables.places.append(place(set)) }
      if tables.places.count > UInt16.max { throw .tooManyRules }
    }
    tables.sieve = SieveBuilder.tables(
      of: signatures.indices.filter { kinds[$0] != .ballast }.map {
        (UInt16($0), Array(signatures[$0].places.dropFirst(signatures[$0].unsaidPlaces)))
      }, place: { place($0) })
    tables.sets = sets.flatMap(\.words)
    guard
      Set(tables.zones.map { $0.firstBytes(sets: tables.sets) }).count <= ZoneBytes.mostSets
    else {
      throw .tooManyAlphabets
    }
  }
}
