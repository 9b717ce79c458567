internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// How findings are written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, jsonl, json, csv, sarif, junit, gitlab

  func format(of catalogue: Catalogue) -> any FindingFormat {
    switch self {
    case .text: TextLines(catalogue: catalogue)
    case .jsonl: JSONLines(catalogue: catalogue)
    case .json: JSONDocument(catalogue: catalogue)
    case .csv: CSVReport(catalogue: catalogue)
    case .sarif: SARIFReport(catalogue: catalogue)
    case .junit: JUnitReport(catalogue: catalogue)
    case .gitlab: GitLabReport(catalogue: catalogue)
    }
  }
}

/// `sarif=out.sarif`: one more report, into a file.
struct FileReport: ExpressibleByArgument {
  let format: ReportFormat
  let file: Path

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let format = ReportFormat(rawValue: String(parts[0])), !parts[1].isEmpty
    else { return nil }
    self.format = format
    file = Path(String(parts[1]))
  }
}
