internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// What is masked, and how: the same for every shipper.
struct ShipperOptions: ParsableArguments {
  @Option(help: "What stands for a secret: rule, fixed, stars or hash, as in redact.")
  var mask: MaskStyle = .rule

  @OptionGroup var catalogueOptions: CatalogueOptions

  @OptionGroup var ruleOptions: RuleOptions

  @OptionGroup var keyOption: KeyOption

  @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
  var quiet = false

  func messages() throws -> MaskedMessages {
    let key = try keyOption.key()
    if mask == .hash, key == nil {
      throw Complaint(text: "--mask hash: needs a key; give --key FILE or set WEIR_KEY")
    }
    let catalogue = try catalogueOptions.load()
    var policy = Policy.redact
    policy.key = key
    policy.countsLines = false
    try ruleOptions.apply(to: &policy, of: catalogue)
    do throws(ScanError) {
      return try MaskedMessages(catalogue: catalogue, policy: policy, mask: mask)
    } catch { throw Complaint(text: "\(error)") }
  }

  /// Says what the talk came to, once the daemon has closed its end.
  func sayEnd(_ messages: borrowing MaskedMessages, restBytes: Int) {
    if restBytes > 0 {
      StandardError.say(
        "the last message has no end, and was dropped: \(restBytes) bytes; the daemon sends it again"
      )
    }
    if quiet { return }
    func counted(_ count: UInt64, _ noun: String) -> String {
      "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
    StandardError.say(
      counted(messages.findingCount, "finding") + " in "
        + counted(messages.messageCount, "message") + ", masked")
  }

  /// Why it cannot begin or go on, for the daemon and for people.
  static func complaint(of error: any Error) -> Complaint {
    (error as? Complaint) ?? Complaint(text: "\(error)")
  }
}
