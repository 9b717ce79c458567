internal import ArgumentParser

/// A number of bytes, as `500`, `500K`, `10M` or `64G`: the letters stand for 2^10, 2^20 and 2^30.
struct ByteSize: ExpressibleByArgument, CustomStringConvertible {
  let bytes: UInt64

  init(bytes: UInt64) { self.bytes = bytes }

  init?(argument: String) {
    let shifts: [Character: UInt64] = ["K": 10, "M": 20, "G": 30]
    let shift = argument.last.flatMap { shifts[Character($0.uppercased())] }
    let digits = shift == nil ? argument[...] : argument.dropLast()
    // A sign would be one too.
    guard digits.first?.isNumber == true, let count = UInt64(digits) else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 1 << (shift ?? 0))
    guard !overflow else { return nil }
    self.bytes = bytes
  }

  var description: String {
    switch bytes.trailingZeroBitCount {
    case 30..<64: "\(bytes >> 30)G"
    case 20..<30: "\(bytes >> 20)M"
    case 10..<20: "\(bytes >> 10)K"
    default: "\(bytes)"
    }
  }
}
