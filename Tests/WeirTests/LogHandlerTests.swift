import Logging
import Synchronization
import Testing
import Weir
import WeirLogging

@Suite struct LogHandlerTests {
  private static let mask = "WEIR_REDACTED_github.personal-token"
  private let kept = Kept()
  private let secret = token()
  private let logger: Logger

  init() throws {
    let engine = try Engine()
    let kept = kept
    logger = Logger(label: "test") { _ in
      RedactingLogHandler(KeepingHandler(kept: kept), engine: engine)
    }
  }

  private var last: LogEvent {
    get throws { try #require(kept.events.withLock { $0.last }) }
  }

  @Test("a message is masked, and passes as it is without a secret")
  func messages() throws {
    logger.info("got \(secret) and é")
    #expect(try last.message == "got \(Self.mask) and é")
    logger.debug("nothing")
    #expect(kept.events.withLock { $0.count } == 1)
    logger.info("nothing", source: "here", file: "a.swift", function: "f()", line: 5)
    let event = try last
    #expect(event.message == "nothing" && event.metadata == nil && event.error == nil)
    #expect(event.level == .info && event.source == "here" && event.line == 5)
  }

  @Test("metadata is masked at any depth, keys too")
  func metadata() throws {
    logger.info(
      "m",
      metadata: [
        "plain": "value", "number": .stringConvertible(12), "token": "x \(secret)",
        "convertible": .stringConvertible(Secretive(secret: secret)),
        "deep": ["list": [.string(secret), "b"], secret: "of a key"],
      ])
    #expect(
      try last.metadata == [
        "plain": "value", "number": "12", "token": "x \(Self.mask)",
        "convertible": "< \(Self.mask) >",
        "deep": ["list": [.string(Self.mask), "b"], Self.mask: "of a key"],
      ])
  }

  @Test("two keys that have one mask stay two")
  func keys() throws {
    let metadata: Logger.Metadata = [
      secret: "a", token(seed: 8): "a", Self.mask: "its own", "\(Self.mask)_2": "too",
    ]
    logger.info("m", metadata: metadata)
    let masked = try #require(try last.metadata)
    #expect(
      masked.count == 4 && masked[Self.mask] == "its own" && masked["\(Self.mask)_2"] == "too")
    #expect(masked.keys.allSatisfy { $0.hasPrefix(Self.mask) })
  }

  @Test("a value that is secret by its key's name is masked behind it")
  func names() throws {
    let password = "kV9x" + "Q2mT7pLw"
    logger.info("m", metadata: ["db_password": .string(password), "colour": .string(password)])
    let metadata = try #require(try last.metadata)
    #expect(metadata["db_password"]?.description.hasPrefix("WEIR_REDACTED_") == true)
    #expect(metadata["colour"] == .string(password))
    // What begins with a combining accent is another text by characters, not by bytes.
    logger.info("m", metadata: ["key": "\u{301}a"])
    #expect(try last.metadata == ["key": "\u{301}a"])
  }

  @Test("what loggers carry and providers provide is masked")
  func carried() throws {
    var logger = logger
    logger[metadataKey: "carried"] = .string(secret)
    #expect(logger[metadataKey: "carried"] == .string(Self.mask))
    logger.info("m")
    #expect(kept.metadata.withLock { $0 } == ["carried": .string(Self.mask)])

    let secret = secret
    let engine = try Engine()
    var inner = KeepingHandler(kept: kept)
    inner.metadata = ["inner": .string(secret)]
    inner.metadataProvider = Logger.MetadataProvider { ["provided": .string(secret)] }
    var handler = RedactingLogHandler(inner, engine: engine)
    #expect(handler.metadata == ["inner": .string(Self.mask)])
    #expect(handler.metadataProvider?.get() == ["provided": .string(Self.mask)])
    handler.metadataProvider = Logger.MetadataProvider { ["other": .string(secret)] }
    handler.metadata = ["set": .string(secret)]
    handler.logLevel = .trace
    var other = Logger(label: "test") { _ in handler }
    other.trace("m")
    #expect(
      kept.metadata.withLock { $0 } == ["set": .string(Self.mask), "other": .string(Self.mask)])
    other.logLevel = .error
    #expect(other.handler.logLevel == .error)
  }

  @Test("an error is passed on as it is, or stands masked with its type's name")
  func errors() throws {
    logger.error("failed", error: Failure(text: "harmless"))
    #expect(try last.error as? Failure == Failure(text: "harmless"))
    logger.error("failed", error: Failure(text: "for \(secret)"))
    let error = try #require(try last.error as? RedactedError)
    #expect(error.description.contains(Self.mask) && !error.description.contains(secret))
    #expect(error.type.hasSuffix("Failure"))
  }

  @Test("attributes of a value stay with it")
  func attributes() throws {
    logger.info("m", metadata: ["a": .attributed("x \(secret)", attributes: [Kind.first])])
    let value = try #require(try last.metadata?["a"])
    #expect(value.description == "x \(Self.mask)" && value.attributes[Kind.self] == .first)
  }

  private enum Kind: Int64, Logger.MetadataValueAttributes.Attribute { case first = 1 }
  private struct Failure: Error, Equatable { let text: String }
  private struct Secretive: CustomStringConvertible, Sendable {
    let secret: String
    var description: String { "< \(secret) >" }
  }
}

/// What a handler was given.
private final class Kept: Sendable {
  let events = Mutex<[LogEvent]>([])
  let metadata = Mutex<Logger.Metadata>([:])
}

private struct KeepingHandler: LogHandler {
  let kept: Kept
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?
  var logLevel = Logger.Level.info

  init(kept: Kept) { self.kept = kept }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    kept.events.withLock { $0.append(event) }
    kept.metadata.withLock {
      $0 = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }
    }
  }
}
