internal import Logging
internal import Weir

/// What a log event is made of, with masks.
struct MaskedTexts: Sendable {
  let engine: Engine

  func text(_ text: String) -> String {
    do { return try engine.redact(text) } catch { return "withheld by Weir: \(error)" }
  }

  /// - Parameter key: masked. What stands behind it may be secret by its name.
  func text(_ value: String, of key: String) -> String {
    let head = key + "="
    let pair = text(head + text(value))
    guard pair.utf8.starts(with: head.utf8) else { return pair }
    return String(decoding: pair.utf8.dropFirst(head.utf8.count), as: UTF8.self)
  }

  func metadata(_ metadata: Logger.Metadata) -> Logger.Metadata {
    var result: Logger.Metadata = [:]
    result.reserveCapacity(metadata.count)
    for (key, value) in metadata {
      var masked = text(key)
      // Two keys may have one mask.
      var number = 2
      while masked != key, metadata[masked] != nil || result[masked] != nil {
        masked = "\(text(key))_\(number)"
        number += 1
      }
      result[masked] = self.value(value, of: masked)
    }
    return result
  }

  func provider(_ provider: Logger.MetadataProvider) -> Logger.MetadataProvider {
    Logger.MetadataProvider { metadata(provider.get()) }
  }

  func value(_ value: Logger.MetadataValue, of key: String) -> Logger.MetadataValue {
    switch value {
    case .string(let string): .string(text(string, of: key))
    case .stringConvertible(let convertible):
      // Its text may be another one next time.
      masked(text(convertible.description, of: key), like: value)
    case .dictionary(let metadata): .dictionary(self.metadata(metadata))
    case .array(let values): .array(values.map { self.value($0, of: key) })
    }
  }

  private func masked(_ text: String, like value: Logger.MetadataValue) -> Logger.MetadataValue {
    var result = Logger.MetadataValue.string(text)
    if value.attributes != .init() { result.attributes = value.attributes }
    return result
  }

  /// The error itself, if neither of its texts holds a secret.
  func error(_ error: any Error) -> any Error {
    let text = text("\(error)")
    let detail = String(reflecting: error)
    if text == "\(error)", self.text(detail) == detail { return error }
    return RedactedError(description: text, type: String(reflecting: type(of: error)))
  }
}
