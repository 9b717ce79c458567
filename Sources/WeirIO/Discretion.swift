internal import Synchronization
public import WeirCore

/// Keeps secrets out of what is said: a name or an argument that holds one is shown with its mask.
///
/// Only what the rules know is masked, as everywhere. The rules are loaded when the first thing is
/// said, so that a run that says nothing does not pay for it.
public enum Discretion {
  private struct State {
    var load: (@Sendable () throws -> Catalogue)?
    var catalogue: Catalogue?
  }

  private static let state = Mutex(State())

  /// To be called before anything is said; without it nothing is masked.
  public static func use(_ load: @escaping @Sendable () throws -> Catalogue) {
    state.withLock { $0 = State(load: load) }
  }

  /// What may be shown of somebody's name for something. Not escaped.
  static func shownText(of name: [UInt8]) -> String {
    guard let masked = masked(name) else { return "<a name that cannot be shown>" }
    return String(decoding: masked, as: UTF8.self)
  }

  /// - Returns: the text with its secrets masked; nil when that could not be made sure.
  static func masked(_ text: [UInt8]) -> [UInt8]? {
    do {
      let catalogue = try state.withLock { state throws -> Catalogue? in
        if state.catalogue == nil { state.catalogue = try state.load?() }
        return state.catalogue
      }
      guard let catalogue else { return text }
      var scanner = try Scanner(catalogue: catalogue, policy: policy)
      scanner.room(for: text.count).copyBytes(from: text)
      scanner.append(count: text.count)
      var masked = MaskedText(mask: MaskWriter(style: .rule, catalogue: catalogue))
      try scanner.finish(into: &masked)
      return masked.bytes
    } catch { return nil }
  }

  private static var policy: Policy {
    var policy = Policy.redact
    policy.countsLines = false
    return policy
  }
}

/// A short text on its way to be said.
private struct MaskedText: Sink {
  let mask: MaskWriter
  private(set) var bytes: [UInt8] = []

  init(mask: MaskWriter) {
    self.mask = mask
  }

  mutating func clean(_ bytes: UnsafeRawBufferPointer) { self.bytes += bytes }

  mutating func finding(_ finding: Finding) {}

  mutating func mask(_ finding: Finding, byteCount: UInt64) {
    bytes += [UInt8](unsafeUninitializedCapacity: MaskWriter.greatestBytes) { room, count in
      count = mask.write(finding, into: room)
    }
  }
}

extension Path {
  /// What may be shown of it: `text` with the secrets in it masked. Not escaped.
  package var shownText: String {
    isStandardInput ? text : Discretion.shownText(of: bytes)
  }
}
