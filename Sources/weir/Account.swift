internal import WeirIO

/// What a run over several inputs came to.
struct Account {
  var inputCount = 0
  var receipt = Receipt()
  private(set) var isComplete = true

  /// Takes an input's passage into account.
  ///
  /// - Parameter appearance: of a history, where the input appeared first.
  mutating func add(_ passage: Passage, in appearance: Appearance? = nil) {
    inputCount += 1
    receipt.add(passage.receipt)
    if !passage.unjudgedWindows.isEmpty {
      StandardError.say("\(passage.unjudgedWindows.text); they were masked whole")
    }
    if let failure = passage.failure { fail(failure, in: appearance) }
  }

  /// Says what went wrong, unless it is that the reader of standard output went away.
  mutating func fail(_ failure: Passage.Failure, in appearance: Appearance? = nil) {
    if case .output(let error) = failure, error.isClosedPipe { ExitStatus.endAsClosedPipe() }
    isComplete = false
    if case .input(let error) = failure, error.isInterruption { return }
    StandardError.say(failure.text(in: appearance))
    guard receipt.withheldBytes > 0, case .output = failure else { return }
    StandardError.say("\(receipt.withheldBytes) bytes that were read are withheld")
  }

  /// Says why a file is as it was, unless a signal is the reason.
  mutating func leave(_ error: RewriteError) {
    isComplete = false
    if !error.isInterruption { StandardError.say("\(error)") }
  }

  /// Says so if a signal ended the run. To be called once, behind the last input.
  ///
  /// - Parameter state: what became of the inputs; if not given, of a stream.
  mutating func heedInterruption(_ state: String? = nil) {
    guard let signal = Interruption.signalName else { return }
    isComplete = false
    let stream =
      "what was decided is out, \(receipt.withheldBytes) bytes that were read are withheld"
    StandardError.say("stopped by \(signal); \(state ?? stream)")
  }

  /// Ends the reports of a run behind its last input.
  mutating func end<Format>(_ report: inout Reports<Format>, isStopped: Bool) {
    heedInterruption()
    do throws(OutputError) { try report.end(isComplete: isComplete) } catch {
      // A failed write that stopped the run was told then.
      if !isStopped { fail(.output(error)) }
    }
  }

  /// `3 findings in 1 input`
  func summary(findings: UInt64) -> String {
    "\(findings) \(findings == 1 ? "finding" : "findings") in "
      + "\(inputCount) \(inputCount == 1 ? "input" : "inputs")"
  }

  /// `3 findings in 1 input; 1 reported; 2 let be: 2 allowed by comment; 1 archive opened`
  ///
  /// - Parameter others: what else was counted, in words.
  func summary<Format>(of report: borrowing Reports<Format>, others: [String]) -> String {
    summary(findings: report.findingCount)
      + (report.isCutShort ? "; \(report.reportedCount) reported" : "")
      + (report.letBe.count > 0 ? "; \(report.letBe)" : "")
      + others.map { "; \($0)" }.joined()
  }

  func sayReceipt() {
    StandardError.say("receipt: \(receipt)")
  }
}

extension Passage.Failure {
  /// No other input can fare better.
  var endsRun: Bool {
    switch self {
    case .input(let error): error.isInterruption
    case .scan, .git, .unjudged: false
    case .output, .receipt: true
    }
  }
}
