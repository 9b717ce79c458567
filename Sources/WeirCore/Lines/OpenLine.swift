/// The line that has yet to end, for the rules that see lines, and what they made of those before.
final class OpenLine {
  private let search: any LineSearch
  private var cutter = LineCutter(at: 0)
  /// How many windows each rule left unjudged in this input.
  private(set) var unjudged: [Int: Int] = [:]

  init(search: any LineSearch) {
    self.search = search
  }

  /// Another input comes, or one goes on behind a line's end.
  func restart(at offset: UInt64) {
    cutter = LineCutter(at: offset)
    unjudged.removeAll()
    search.place = nil
  }

  var place: InputPlace? {
    get { search.place }
    set { search.place = newValue }
  }

  /// No secret that has yet to be found begins below this.
  var hold: UInt64 { cutter.start }

  /// Searches all lines that are whole.
  func advance(
    in view: View, verifier: inout Verifier, decider: inout Decider
  ) throws(ScanError) {
    while let window = cutter.next(in: view) {
      let isFound = try search.search(
        LineWindow(
          bytes: view[window.range], isLineStart: window.isLineStart, isLineEnd: window.isLineEnd))
      guard isFound else { continue }
      for match in search.matches {
        if match.isUnjudged { unjudged[match.rule, default: 0] += 1 }
        verifier.accept(match, of: window.range, in: view, decider: &decider)
      }
    }
  }
}
