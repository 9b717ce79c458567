/// The medians, and below them all samples.
struct Table {
  let measures: [Measure]

  func print() {
    var rows = [["what", "text", "ns", "each", "least", "most", "a second", "counted"]]
    rows += measures.map { measure in
      let sorted = Self.warm(measure).sorted()
      let median = sorted[sorted.count / 2]
      return [
        measure.what, measure.text, Self.shown(median), measure.unit.rawValue,
        Self.shown(sorted[0]), Self.shown(sorted[sorted.count - 1]),
        Self.rate(median, measure.unit),
        "\(measure.count ?? 0)",
      ]
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    rows.insert(widths.map { String(repeating: "-", count: $0) }, at: 1)
    for row in rows {
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      Swift.print("| " + cells.joined(separator: " | ") + " |")
    }
    Swift.print("\nSamples, in the order of the rounds:")
    for measure in measures {
      let samples = Self.warm(measure).map(Self.shown).joined(separator: " ")
      Swift.print("\(measure.what), \(measure.text): \(samples)")
    }
  }

  /// Without the first round.
  private static func warm(_ measure: Measure) -> ArraySlice<Double> {
    measure.samples.dropFirst()
  }

  private static func rate(_ nanoseconds: Double, _ unit: Measure.Unit) -> String {
    unit == .kilobyte
      ? shown(1000 / nanoseconds) + " GB" : shown(1000 / nanoseconds) + " million"
  }

  private static func shown(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
