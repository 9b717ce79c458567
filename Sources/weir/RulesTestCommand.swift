internal import ArgumentParser
internal import WeirCore
internal import WeirIO
internal import WeirReference

/// `weir rules test ID`: why a text holds a finding of the rule, or none.
struct RulesTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Explains, step by step, why a text holds a finding of a rule, or none.",
    usage: "weir rules test [<options>] <id> [<path> ...]",
    discussion: """
      weir rules test github.personal-token < app.log

      For each place where the rule is looked for, or where its shape stands: what must stand \
      before it, how far its form comes and what was expected there, placeholders, checks, \
      confidence, and whether another finding contains it. A secret is never shown: of the text only \
      places, lengths and kinds of bytes are, and the literals that the rule itself states. The \
      verdict is that of weir scan. At most 64 MiB of an input are read. Ends with 0 for a \
      finding of the rule, 1 for none, 2 when something could not be read.
      """)

  @Argument(help: "The rule's id, as `weir rules list` names it.", completion: .ruleID)
  var id: String

  @OptionGroup var inputs: InputPaths

  @OptionGroup var catalogueOptions: CatalogueOptions

  @Option(
    help: ArgumentHelp(
      "Only findings as sure as this: low, medium or high.",
      discussion: "If not given, medium.", valueName: "level"))
  var minConfidence: Confidence?

  @Option(help: "text, or json: an object with the steps of each place.")
  var format: RulesCommand.Format = .text

  func run() throws {
    let catalogue = try catalogueOptions.load()
    let rules = catalogue.rules
    let index = try RuleSelection(of: rules).index(of: id)
    let explainer: Explainer
    do {
      explainer = try Explainer(
        rule: index, catalogue: catalogue, policy: Policy(minConfidence: minConfidence ?? .medium))
    } catch { throw Complaint(text: "\(id): its shape cannot be read: expected \(error.expected)") }
    var account = Account()
    var reports: [ExplanationReport] = []
    Interruption.heed()
    for path in inputs.paths() {
      do throws(InputError) {
        let input = try WholeInput(reading: path)
        do throws(ScanError) {
          let explanation = try explainer.explain(input)
          reports.append(ExplanationReport(path: path, explanation: explanation))
        } catch { account.fail(.scan(path, error)) }
      } catch {
        account.fail(.input(error))
        if error.isInterruption { break }
      }
    }
    account.heedInterruption()
    try show(reports, of: rules[index])
    guard account.isComplete else { throw ExitStatus.incomplete }
    if !reports.contains(where: \.explanation.isFinding) { throw ExitStatus.noFinding }
  }

  private func show(_ reports: [ExplanationReport], of rule: Rule) throws(Complaint) {
    switch format {
    case .text:
      let head = "\(rule.id): \(rule.title)"
      try ExitStatus.show(([head] + reports.flatMap(\.lines)).joined(separator: "\n"))
    case .json:
      let isFinding = reports.contains(where: \.explanation.isFinding)
      try ExitStatus.show(
        "{\"rule\":\(JSONText.quoted(rule.id)),\"finding\":\(isFinding),\"inputs\":["
          + reports.map(\.json).joined(separator: ",") + "]}")
    }
  }
}

extension ExitStatus {
  /// What was asked about is not there.
  static let noFinding = ExitStatus.findings
}

extension WholeInput {
  private static let mostBytes = 64 << 20

  /// Reads all of a file, or of standard input.
  fileprivate init(reading path: Path) throws(InputError) {
    self.init()
    var source = try Source(opening: path)
    if source.isDirectory { throw .isDirectory(path) }
    while true {
      let room = room(for: 1 << 17)
      let count = try source.read(into: room)
      if count == 0 { return }
      append(count: count)
      if byteCount > Self.mostBytes { throw .tooLong(path, mostBytes: Self.mostBytes) }
    }
  }
}
