internal import WeirCore
internal import WeirIO

/// The counts of a meter as a table, or as JSON.
struct CostReport {
  private let byteCount: UInt64
  private let inputCount: Int
  private let total: Costs
  private let rows: [Meter.Row]
  private let otherRows: Int

  init(meter: borrowing Meter, inputCount: Int, top: Int) {
    byteCount = meter.byteCount
    self.inputCount = inputCount
    total = meter.total
    let all = meter.rows
    rows = Array(all.prefix(top))
    otherRows = all.count - rows.count
  }

  var text: String {
    let table = [("", nil)] + [("(total)", total)] + rows.map { ($0.name, Optional($0.costs)) }
    let width = table.map(\.0.count).max() ?? 0
    let lines = table.map { name, costs in
      let cells = costs.map(cells) ?? ["hits", "candidates", "bytes", "findings"]
      return name + String(repeating: " ", count: width - name.count)
        + cells.map { String(repeating: " ", count: max(12 - $0.count, 1)) + $0 }.joined()
    }
    let size = PerMB(byteCount, of: 1_000_000_000_000).text
    let head =
      "\(size) MB in \(inputCount) \(inputCount == 1 ? "input" : "inputs"); counts per MB of it:"
    let rest = otherRows == 0 ? [] : ["and \(otherRows) rows that cost less; --top shows more"]
    return ([head] + lines + rest).joined(separator: "\n")
  }

  private func cells(_ costs: Costs) -> [String] {
    [costs.hits, costs.candidates, costs.bytes, costs.findings].map {
      PerMB($0, of: byteCount).text
    }
  }

  var json: String {
    let list = rows.map { row in
      "{\"kind\":\"\(row.kind)\",\"name\":\(JSONText.quoted(row.name)),\(facts(row.costs))}"
    }
    return "{\"input_bytes\":\(byteCount),\"inputs\":\(inputCount),\"total\":{\(facts(total))},"
      + "\"other_rows\":\(otherRows),\"rows\":[\n" + list.joined(separator: ",\n") + "\n]}"
  }

  private func facts(_ costs: Costs) -> String {
    let counts = [
      ("hits", costs.hits), ("candidates", costs.candidates), ("bytes", costs.bytes),
      ("findings", costs.findings),
    ]
    let perMB = counts.map { "\"\($0)\":\(PerMB($1, of: byteCount).text)" }
    return counts.map { "\"\($0)\":\($1)" }.joined(separator: ",")
      + ",\"per_mb\":{\(perMB.joined(separator: ","))}"
  }
}
