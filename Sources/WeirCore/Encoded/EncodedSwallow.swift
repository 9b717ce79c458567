/// A swallow in encoded text. It decodes for itself: it is ahead of the candidates that begin
/// inside it.
final class EncodedSwallow {
  let swallow: Swallow
  private var decoded: DecodedRun

  init(_ swallow: Swallow, from start: UInt64) {
    self.swallow = swallow
    decoded = DecodedRun(grid: swallow.grid)
    decoded.begin(at: start)
  }

  /// Follows the tail as far as the bytes go.
  func advance(in view: View, tables: Tables) {
    // At first what the opening holds is hashed; then only what is not accepted yet is still
    // needed.
    while !swallow.isAtEnd, decoded.read(count: DecodedRun.capacity, in: view) {
      if decoded.end < swallow.acceptedEnd { continue }
      swallow.advance(in: decoded.view, tables: tables)
      decoded.drop(below: swallow.acceptedEnd)
    }
  }
}
