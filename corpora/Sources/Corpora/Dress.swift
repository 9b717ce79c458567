/// The kinds of text that credentials stand in.
public enum Dress: String, CaseIterable, Sendable {
  case nginx, apache, syslog
  case journaldExport = "journald-export"
  case journaldJSON = "journald-json"
  case kubernetes
  case jsonLogs = "json-logs"
  case javaTraces = "java-traces"
  case ciOutput = "ci-output"
  case transcripts
  case mcp
  case sse
  case settings
  case sourceTree = "source-tree"
  case minified
  case images
  case lockFiles = "lock-files"
  case diffs

  var writer: any DressWriter {
    switch self {
    case .nginx: NginxWriter()
    case .apache: ApacheWriter()
    case .syslog: SyslogWriter()
    case .journaldExport: JournalExportWriter()
    case .journaldJSON: JournalJSONWriter()
    case .kubernetes: KubernetesWriter()
    case .jsonLogs: JSONLogWriter()
    case .javaTraces: JavaTraceWriter()
    case .ciOutput: CIWriter()
    case .transcripts: TranscriptWriter()
    case .mcp: MCPWriter()
    case .sse: SSEWriter()
    case .settings: SettingsWriter()
    case .sourceTree: SourceWriter()
    case .minified: MinifiedWriter()
    case .images: ImageWriter()
    case .lockFiles: LockFileWriter()
    case .diffs: DiffWriter()
    }
  }
}

/// Writes one dress, record for record: a line, an event, a function, an image.
///
/// Nothing it writes by itself is a credential or looks like one to a careful reader: digests, ids and base64 stand where programs have them, and none behind the name of a credential.
/// No piece of 256 bytes comes twice.
protocol DressWriter {
  /// Where credentials may stand in the file at hand.
  var slots: [Slot] { get }

  /// The name of the next file below the dress's folder, and the size from which on it may end; nil for one file of all.
  mutating func nextFile(_ number: Int, _ sheet: inout Sheet) -> (name: String, bytes: Int?)
  /// What stands before the first record, and behind the last.
  mutating func begin(_ sheet: inout Sheet)
  mutating func end(_ sheet: inout Sheet)
  /// One record, with the credential in the slot that `leak` names.
  mutating func record(_ sheet: inout Sheet, _ leak: Leak?)
}

/// One whose records stand in one file.
protocol OneFileWriter: DressWriter {
  static var fileName: String { get }
}

extension OneFileWriter {
  mutating func nextFile(_ number: Int, _ sheet: inout Sheet) -> (name: String, bytes: Int?) {
    (Self.fileName, nil)
  }
}

extension DressWriter {
  mutating func begin(_ sheet: inout Sheet) {}
  mutating func end(_ sheet: inout Sheet) {}
}

extension Leak? {
  /// The leak is to stand in this slot.
  func isIn(_ place: Int) -> Bool { self?.place == place }
}

extension Sheet {
  /// The leak if it is to stand here, or something else.
  mutating func put(
    _ leak: Leak?, in place: Int, otherwise: (inout Sheet) -> Void = { _ in }
  ) {
    if let leak, leak.place == place { put(leak) } else { otherwise(&self) }
  }
}
