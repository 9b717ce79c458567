import ArgumentParser

/// A number of bytes as people write it: `500K`, `64M`, `1G`; K, M and G are 1000, 1000² and 1000³.
struct ByteCount: ExpressibleByArgument {
  let bytes: UInt64

  init?(argument: String) {
    let factors: [Character: UInt64] = ["K": 1000, "M": 1_000_000, "G": 1_000_000_000]
    let factor = argument.last.flatMap { factors[$0] }
    guard let count = UInt64(factor == nil ? argument[...] : argument.dropLast()) else {
      return nil
    }
    let (bytes, isTooMuch) = count.multipliedReportingOverflow(by: factor ?? 1)
    if isTooMuch { return nil }
    self.bytes = bytes
  }
}
