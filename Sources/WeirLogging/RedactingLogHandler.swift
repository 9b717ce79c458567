public import Logging
public import Weir

/// Masks messages, metadata and errors before another handler gets them.
///
///     LoggingSystem.bootstrap { RedactingLogHandler(StreamLogHandler.standardError(label: $0), engine: engine) }
///
/// Each text is a record, an input of its own. A value of metadata is also looked at behind its key, as `key=value`: what is secret by its name is
/// masked as it would be in a line. When a scan cannot go on, what it looked at is withheld, and the handler is told so in its place.
public struct RedactingLogHandler: LogHandler {
  private var base: any LogHandler
  private let texts: MaskedTexts

  /// - Parameter base: what it has of metadata by now is masked too.
  public init(_ base: some LogHandler, engine: Engine) {
    self.base = base
    texts = MaskedTexts(engine: engine)
    self.base.metadata = texts.metadata(base.metadata)
    if let provider = base.metadataProvider {
      self.base.metadataProvider = texts.provider(provider)
    }
  }

  public func log(event: LogEvent) {
    var event = event
    event.message = Logger.Message(stringLiteral: texts.text(event.message.description))
    event.metadata = event.metadata.map(texts.metadata)
    event.error = event.error.map(texts.error)
    base.log(event: event)
  }

  /// What it provides is masked, each time.
  public var metadataProvider: Logger.MetadataProvider? {
    get { base.metadataProvider }
    set { base.metadataProvider = newValue.map(texts.provider) }
  }

  /// Masked when it is set.
  public var metadata: Logger.Metadata {
    get { base.metadata }
    set { base.metadata = texts.metadata(newValue) }
  }

  /// Masked when it is set.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { base[metadataKey: texts.text(key)] }
    set {
      let key = texts.text(key)
      base[metadataKey: key] = newValue.map { texts.value($0, of: key) }
    }
  }

  public var logLevel: Logger.Level {
    get { base.logLevel }
    set { base.logLevel = newValue }
  }
}
