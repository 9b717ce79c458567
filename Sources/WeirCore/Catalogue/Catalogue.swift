internal import Hyperscan

/// The rules of one scan, compiled: tables, texts and the database. Immutable; shared between threads.
public final class Catalogue: Sendable {
  let tables: Tables
  let texts: RuleTexts
  let database: DatabaseSource
  let sieve: Sieve
  /// How its signatures are searched for.
  let way: SearchWay
  let tail: TailMatcher
  let zoneBytes: ZoneBytes
  /// Rules that are found by others than the core; nil when there are none.
  let lineRules: (any LineRules)?

  /// Compiles rules. Takes milliseconds to seconds: the built-in rules come as an image instead.
  ///
  /// - Parameter lineRules: makes of the rules, in the order of the catalogue, those that see lines; not asked when none has an expression.
  public convenience init(
    compiling definitions: [RuleDefinition],
    lineRules: ([RuleDefinition]) throws(CatalogueError) -> any LineRules = Catalogue.refuseLines
  ) throws(CatalogueError) {
    try self.init(
      compiling: definitions, holdBytes: ShapeParser.greatestHoldBytes, lineRules: lineRules)
  }

  /// Of those who have no engine for expressions.
  public static func refuseLines(_ rules: [RuleDefinition]) throws(CatalogueError) -> any LineRules
  {
    let rule = rules.first { $0.regex != nil }
    throw .rule(
      rule?.id ?? "", reason: "regular expressions are for the command, by --with-rules")
  }

  /// - Parameter holdBytes: how much of a form with an open run is held before it is swallowed. Less than a scan holds in earnest, so that
  ///   tests can try every input around it; an image does not keep it.
  /// - Parameter nouns: what names of credentials end with.
  package convenience init(
    compiling definitions: [RuleDefinition], holdBytes: Int, nouns: [String] = Nouns.all,
    lineRules: ([RuleDefinition]) throws(CatalogueError) -> any LineRules = Catalogue.refuseLines
  ) throws(CatalogueError) {
    // An index is then also the order of ids, which decides between equals.
    let rules = definitions.sorted {
      Array($0.id.utf8).lexicographicallyPrecedes(Array($1.id.utf8))
    }
    let (tables, expressions) = try CatalogueBuilder.build(
      rules, holdBytes: holdBytes, nouns: nouns)
    var texts = RuleTexts()
    for rule in rules { texts.append(rule) }
    let database: Database
    do { database = try Database(expressions: expressions) } catch { throw .hyperscan(error) }
    let seesLines = rules.contains { $0.regex != nil }
    self.init(
      tables: tables, texts: texts, database: DatabaseSource(database),
      lineRules: seesLines ? try lineRules(rules) : nil)
  }

  /// What Hyperscan looks for on behalf of these rules: each expression, and the rules it may begin. Those of cues and names begin none by themselves.
  package static func signatures(
    of definitions: [RuleDefinition]
  ) throws(CatalogueError) -> [(expression: String, rules: [String])] {
    let rules = definitions.sorted {
      Array($0.id.utf8).lexicographicallyPrecedes(Array($1.id.utf8))
    }
    let (tables, expressions) = try CatalogueBuilder.build(
      rules, holdBytes: ShapeParser.greatestHoldBytes, nouns: Nouns.all)
    return zip(expressions, tables.signatures).map { expression, record in
      let targets = tables.targets.dropFirst(Int(record.firstTarget)).prefix(
        Int(record.targetCount))
      let forms = targets.map { target in
        record.kind == .cue ? tables.zones[Int(target)].firstForm : target
      }
      return (expression, Set(forms.map { rules[Int(tables.forms[Int($0)].rule)].id }).sorted())
    }
  }

  init(
    tables arrays: TableArrays, texts: RuleTexts, database: DatabaseSource,
    lineRules: (any LineRules)? = nil, by way: SearchWay = .fastest
  ) {
    self.texts = texts
    self.lineRules = lineRules
    self.database = database
    let tables = Tables(copying: arrays)
    self.tables = tables
    sieve = Sieve(copying: arrays.sieve, beside: tables)
    self.way = sieve.isEmpty ? .hyperscan : way
    tail = TailMatcher(tables: tables)
    zoneBytes = ZoneBytes(tables: tables)
  }

  deinit {
    sieve.deallocate()
    zoneBytes.deallocate()
    tables.deallocate()
  }

  /// What is found may depend on where an input comes from (`Scanner.begin(at:)`).
  public var asksPlaces: Bool { lineRules?.askPlaces ?? false }

  /// So many bytes of an input are undecided at most.
  var mostHeldBytes: Int {
    Window.mostHeldBytes + (lineRules == nil ? 0 : LineCutter.mostHeldBytes)
  }

  public var ruleCount: Int { tables.rules.count }

  public func ruleID(_ rule: Int) -> String { texts.text(.id, rule: rule) }

  /// The UTF-8 bytes of the rule's id, without a copy.
  public func withRuleID<Result>(_ rule: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result
  {
    let range = texts.range(of: .id, rule: rule)
    return texts.bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  /// What other programs call the rule.
  public func aliases(ofRule rule: Int) -> [String] { list(.aliases, rule: rule) }

  private func list(_ field: RuleTexts.Field, rule: Int) -> [String] {
    texts.text(field, rule: rule).split(separator: "\n").map(String.init)
  }

  /// All that is known of a rule. Decodes its texts: for reports, not for the hot path.
  public func rule(_ rule: Int) -> Rule {
    Rule(
      id: texts.text(.id, rule: rule), aliases: aliases(ofRule: rule),
      provider: texts.text(.provider, rule: rule),
      providerName: texts.text(.providerName, rule: rule), title: texts.text(.title, rule: rule),
      category: texts.text(.category, rule: rule), power: texts.text(.power, rule: rule),
      revoke: texts.text(.revoke, rule: rule), packs: list(.packs, rule: rule),
      shape: texts.text(.shape, rule: rule), regex: lineRules?.text(ofRule: rule),
      check: texts.text(.check, rule: rule),
      words: list(.context, rule: rule), confidence: tables.rules[rule].confidence,
      isFoundEncoded: tables.rules[rule].isEncoded)
  }

  public var rules: [Rule] { (0..<ruleCount).map { rule($0) } }
}
