/// How a report for people looks.
public struct Look: Sendable {
  /// Whether something is done: where it fits, in any case, or not.
  public enum When: String, CaseIterable, Sendable {
    case auto, always, never
  }

  /// Findings stand below the name of their input, each with its line.
  public let isHeaded: Bool
  public let isColoured: Bool
  /// Names of files lead to them.
  public let isLinked: Bool
  /// A line that is longer is shown in part.
  let columnCount: Int

  private static let usualColumnCount = 100

  /// Terminals that follow links, by what they say of themselves. Others may show the order in the place of the text.
  private static let linkingVariables = [
    "VTE_VERSION", "KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM",
  ]
  private static let linkingPrograms = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"]

  /// - Parameter heading: nil for where it fits.
  public init(heading: Bool?, colours: When, links: When) {
    let terminal = Terminal.output
    isHeaded = heading ?? terminal.isThere
    isColoured =
      switch colours {
      case .always: true
      case .never: false
      case .auto:
        Environment.text(of: "NO_COLOR") == nil
          && (terminal.isObedient || Self.areColoursForced)
      }
    isLinked =
      switch links {
      case .always: true
      case .never: false
      case .auto: terminal.isObedient && Self.doesTerminalLink
      }
    columnCount = terminal.isThere ? terminal.columnCount : Self.usualColumnCount
  }

  /// It is that of a report for programs.
  public var isPlain: Bool { !isHeaded && !isColoured && !isLinked }

  private static var areColoursForced: Bool {
    Environment.text(of: "CLICOLOR_FORCE").map { $0 != "0" } ?? false
  }

  private static var doesTerminalLink: Bool {
    linkingVariables.contains { Environment.text(of: $0) != nil }
      || Environment.text(of: "TERM_PROGRAM").map(linkingPrograms.contains) ?? false
  }
}
