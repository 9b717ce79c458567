internal import CWeir
internal import WeirCatalogue
internal import WeirCore

/// Rules and their texts for C. The built-in ones are loaded once, and never given back.
final class RuleTable: Sendable {
  let catalogue: Catalogue
  let rules: [Rule]
  /// Of each rule five texts, each ended by a NUL: id, title, provider, power, revoke.
  private nonisolated(unsafe) let texts: [UnsafePointer<CChar>]
  private static let textsPerRule = 5

  private static let loaded: Result<RuleTable, CatalogueError> = {
    do throws(CatalogueError) { return .success(RuleTable(try BuiltInCatalogue.load())) } catch {
      return .failure(error)
    }
  }()

  static func builtIn() throws(Refusal) -> RuleTable {
    do { return try loaded.get() } catch { throw Refusal(status: WEIR_NO_MEMORY) }
  }

  /// Compiles what `weir rules compile` wrote.
  convenience init(compiling bytes: UnsafeRawBufferPointer) throws(Refusal) {
    do throws(CatalogueError) {
      self.init(try Catalogue(compiling: CompiledRules.definitions(in: bytes)))
    } catch { throw error.isOutOfMemory ? Refusal(status: WEIR_NO_MEMORY) : .noCatalogue }
  }

  private init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    rules = catalogue.rules
    texts = rules.flatMap { rule in
      [rule.id, rule.title, rule.providerName, rule.power, rule.revoke].map { text in
        let bytes = UnsafeMutablePointer<CChar>.allocate(capacity: text.utf8.count + 1)
        for (place, byte) in text.utf8.enumerated() { bytes[place] = CChar(bitPattern: byte) }
        bytes[text.utf8.count] = 0
        return UnsafePointer(bytes)
      }
    }
  }

  deinit {
    for text in texts { text.deallocate() }
  }

  func id(of rule: Int) -> UnsafePointer<CChar> { texts[rule * Self.textsPerRule] }

  func rule(at index: Int) -> weir_rule {
    let first = index * Self.textsPerRule
    return weir_rule(
      size: MemoryLayout<weir_rule>.size, id: texts[first], title: texts[first + 1],
      provider: texts[first + 2], power: texts[first + 3], revoke: texts[first + 4],
      confidence: weir_confidence(UInt32(rules[index].confidence.rawValue)))
  }

  func finding(_ finding: Finding) -> weir_finding {
    let via = finding.via.first.map {
      UnsafeRawPointer($0.nameText.utf8Start).assumingMemoryBound(to: CChar.self)
    }
    return weir_finding(
      size: MemoryLayout<weir_finding>.size, start: finding.start, end: finding.end,
      line: finding.line, column: finding.column, fingerprint: finding.fingerprint?.value ?? 0,
      rule: id(of: finding.rule), via: via, rule_index: UInt32(finding.rule),
      prefix_bytes: UInt32(finding.prefix.utf8.count),
      check: weir_check(UInt32(finding.check.rawValue)),
      confidence: weir_confidence(UInt32(finding.confidence.rawValue)))
  }
}
