extension Engine.Stream {
  /// What a call brought.
  public struct Output: Sendable {
    /// Clean bytes and masks.
    public var bytes: [UInt8]
    public var findings: [Finding]
    /// Of the stream so far.
    public var receipt: Receipt
  }

  /// The next bytes of the input. What they decide is returned; the rest comes with later ones.
  public mutating func write(_ bytes: [UInt8]) throws(WeirError) -> Output {
    try write(bytes.span.bytes)
  }

  /// The next bytes of the input. What they decide is returned; the rest comes with later ones.
  public mutating func write(_ bytes: RawSpan) throws(WeirError) -> Output {
    var output: [UInt8] = []
    var findings: [Finding] = []
    output.reserveCapacity(bytes.byteCount)
    try write(
      bytes, onFinding: { findings.append($0) },
      onOutput: { bytes in bytes.withUnsafeBytes { output += $0 } })
    return Output(bytes: output, findings: findings, receipt: receipt)
  }

  /// The next bytes of the input. What they decide is delivered before this returns.
  ///
  /// - Parameters:
  ///   - onFinding: comes before the finding's mask.
  ///   - onOutput: the next bytes of the output, clean ones or a mask. They are not copied, and there until it returns.
  public mutating func write(
    _ bytes: RawSpan, onFinding: (Finding) -> Void = { _ in }, onOutput: (RawSpan) -> Void
  ) throws(WeirError) {
    try bytes.withUnsafeBytes { bytes throws(WeirError) in
      try deliver(onFinding, onOutput) { stream, delivery throws(WeirError) in
        try stream.take(bytes, into: &delivery)
      }
    }
  }

  /// The input ends here: all that is left is decided and returned.
  public consuming func finish() throws(WeirError) -> Output {
    var output: [UInt8] = []
    var findings: [Finding] = []
    try deliver({ findings.append($0) }, { bytes in bytes.withUnsafeBytes { output += $0 } }) {
      stream, delivery throws(WeirError) in
      try stream.end(into: &delivery)
    }
    return Output(bytes: output, findings: findings, receipt: receipt)
  }

  /// The input ends here: all that is left is decided, and delivered before this returns.
  @discardableResult
  public consuming func finish(
    onFinding: (Finding) -> Void = { _ in }, onOutput: (RawSpan) -> Void
  ) throws(WeirError) -> Receipt {
    try deliver(onFinding, onOutput) { stream, delivery throws(WeirError) in
      try stream.end(into: &delivery)
    }
    return receipt
  }

  private mutating func deliver(
    _ onFinding: (Finding) -> Void, _ onOutput: (RawSpan) -> Void,
    _ body: (inout Engine.Stream, inout Delivery) throws(WeirError) -> Void
  ) throws(WeirError) {
    let result: Result<Void, WeirError> = withoutActuallyEscaping(onFinding) { onFinding in
      withoutActuallyEscaping(onOutput) { onOutput in
        var delivery = Delivery(of: self, onFinding: onFinding, onOutput: onOutput)
        do throws(WeirError) {
          try body(&self, &delivery)
          return .success(())
        } catch { return .failure(error) }
      }
    }
    try result.get()
  }
}
