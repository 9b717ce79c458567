internal import PlainTexts

/// What the texts are made of, beside numbers.
enum Vocabulary {
  static let common = WordTable(Words.common)
  static let things = WordTable(Words.things)
  /// Of names that are no credential's: the nouns of those are left out, for what stands behind them here is dice.
  static let endings = WordTable(Words.endings.filter { !nouns.contains($0) })
  private static let nouns: Set = ["key", "token", "secret", "password"]
  static let units = WordTable(Words.units)
  static let services = WordTable(Words.services)
  static let packages = WordTable(Words.packages)
  static let levels = WordTable(["info", "info", "info", "debug", "warn", "error"])
  static let methods = WordTable(["GET", "GET", "GET", "POST", "PUT", "DELETE"])
  static let statuses = WordTable(["200", "200", "200", "201", "204", "301", "304", "404", "503"])
  static let tools = WordTable([
    "read_file", "write_file", "run_command", "search_code", "fetch_page", "list_folder",
    "query_table", "open_issue",
  ])
  static let exceptions = WordTable([
    "IllegalStateException", "TimeoutException", "NullPointerException", "UncheckedIOException",
    "SQLTransientException", "ConcurrentModificationException",
  ])
  /// Of which classes are named.
  static let parts = WordTable([
    "Order", "Ledger", "Gateway", "Session", "Invoice", "Mail", "Shard", "Cache", "Batch", "Audit",
    "Search", "Account", "Token", "Key", "Secret",
  ])
  static let roles = WordTable([
    "Service", "Handler", "Filter", "Repository", "Controller", "Factory", "Listener", "Provider",
  ])
  static let months = WordTable([
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ])
}
