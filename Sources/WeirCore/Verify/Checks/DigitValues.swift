extension Array<UInt8> {
  /// For each byte its value as one of these digits, and 255 where it is none.
  var digitValues: [UInt8] {
    var table = [UInt8](repeating: .max, count: 256)
    for (value, digit) in enumerated() { table[Int(digit)] = UInt8(value) }
    return table
  }
}
