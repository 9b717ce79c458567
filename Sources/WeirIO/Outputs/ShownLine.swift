/// A finding's line as a terminal shows it: escaped, without blanks at its ends, and of a long one what stands around the mask.
struct ShownLine {
  private(set) var before: String
  let mask: String
  private(set) var after: String

  init(_ line: LineExcerpt, columnCount: Int) {
    mask = Self.shown(line.mask)
    // What no rule that was asked for claims may be a secret of another.
    before = Self.shown(Discretion.masked(Array(line.before))?[...] ?? [])
    after = Self.shown(Discretion.masked(Array(line.after))?[...] ?? [])
    before = String(before.drop { $0 == " " })
    while after.last == " " { after.removeLast() }
    let room = max(columnCount - mask.count, 0)
    // What one side does not need the other has.
    let beforeRoom = max(room / 2, room - after.count)
    if before.count > beforeRoom { before = "…" + before.suffix(max(beforeRoom - 1, 0)) }
    let afterRoom = max(room - before.count, 0)
    if after.count > afterRoom { after = after.prefix(max(afterRoom - 1, 0)) + "…" }
  }

  private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    // Tabs only set things apart; a carriage return is part of the line's end.
    let text = String(decoding: bytes, as: UTF8.self)
    return ShownText.escaped(
      String(text.map { $0 == "\t" ? " " : $0 }).trimmingCarriageReturn())
  }
}

extension String {
  fileprivate func trimmingCarriageReturn() -> String {
    hasSuffix("\r") ? String(dropLast()) : self
  }
}
