internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// `weir rules bench`: what looking for each rule comes to in a text. Counts, never times.
struct RulesBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Counts what each rule costs on given text: hits, candidates, bytes, findings.",
    usage: "weir rules bench [<options>] [<path> ...]",
    discussion: """
      weir rules bench --top 20 app.log

      Per MB of the input: hits are signatures that Hyperscan reports, candidates are forms that \
      were run behind them, bytes are those that matchers and the search for words read. One row \
      a rule, one for each cue that arms rules, one for the names of credentials, which serve all \
      context rules, and one for the walk behind all of these; the dearest first. A signature of \
      several rules counts for each of them, and once in the total. The same bytes give \
      the same counts on every machine. Of directories all files below are read. Ends with 0, \
      or with 2 when not all could be read.
      """)

  @OptionGroup var inputs: InputPaths

  @Option(help: ArgumentHelp("Show so many rows.", valueName: "count"))
  var top: Int = 30

  @OptionGroup var catalogueOptions: CatalogueOptions

  @OptionGroup var ruleOptions: RuleOptions

  @Option(help: "text, or json: an object with the counts of each row.")
  var format: RulesCommand.Format = .text

  func validate() throws {
    guard top >= 0 else { throw ValidationError("--top: expected 0 or more") }
  }

  func run() throws {
    let catalogue = try catalogueOptions.load()
    if catalogue.rules.contains(where: { $0.regex != nil }) {
      StandardError.say("what rules with a regex cost is not counted")
    }
    var policy = Policy.scan
    try ruleOptions.apply(to: &policy, of: catalogue)
    var bench: RuleBench
    do { bench = try RuleBench(catalogue: catalogue, policy: policy) } catch {
      throw Complaint(text: "\(error)")
    }
    Interruption.heed()
    for path in inputs.paths() where !bench.isStopped { bench.count(path) }
    bench.account.heedInterruption()
    let report = CostReport(
      meter: bench.meter, inputCount: bench.account.inputCount, top: top)
    switch format {
    case .text: try ExitStatus.show(report.text)
    case .json: try ExitStatus.show(report.json)
    }
    guard bench.account.isComplete else { throw ExitStatus.incomplete }
  }
}

/// A count under way: the inputs one after the other, all on one meter.
struct RuleBench: ~Copyable {
  private static let blockBytes = 1 << 20

  private(set) var meter: Meter
  var account = Account()
  private(set) var isStopped = false

  init(catalogue: Catalogue, policy: Policy) throws(ScanError) {
    meter = try Meter(catalogue: catalogue, policy: policy)
  }

  /// Counts what was named: a file, standard input, or all files below a directory.
  mutating func count(_ path: Path) {
    do throws(InputError) {
      let source = try Source(opening: path)
      if source.isDirectory, !path.isStandardInput {
        walk(path)
      } else {
        try count(source)
      }
    } catch { fail(.input(error)) }
  }

  private mutating func walk(_ directory: Path) {
    var walk = Walk(.all)
    walk.walk(directory) { entry in
      switch entry {
      case .file(let path):
        do throws(InputError) { try count(Source(opening: path, mayWait: false)) } catch {
          fail(.input(error))
        }
      case .skipped(let path, let skip):
        if skip == .special { StandardError.say("\(path.text): \(skip.reason); skipped") }
      case .failed(let error): fail(.input(error))
      }
      return !isStopped
    }
  }

  private mutating func count(_ source: consuming Source) throws(InputError) {
    var source = source
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.blockBytes, alignment: 16)
    defer {
      room.wipe()
      room.deallocate()
    }
    do throws(ScanError) {
      var failure: InputError?
      while failure == nil {
        var count = 0
        do throws(InputError) { count = try source.read(into: room) } catch { failure = error }
        if count == 0 { break }
        try meter.append(UnsafeRawBufferPointer(rebasing: room[..<count]))
      }
      // What was read is an input all the same, and the next one begins anew.
      try meter.endInput()
      account.inputCount += 1
      if let failure { fail(.input(failure)) }
    } catch {
      isStopped = true
      account.fail(.scan(source.path, error))
    }
  }

  private mutating func fail(_ failure: Passage.Failure) {
    account.fail(failure)
    isStopped = isStopped || failure.endsRun
  }
}
