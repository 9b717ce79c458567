/// Names of files as references of URIs (RFC 3986).
enum URIText {
  private static let hexDigits = Array("0123456789ABCDEF".utf8)

  /// `src/a%20b.env`, or `file:///etc/x` of an absolute name.
  static func reference(to path: String) -> String {
    var bytes: [UInt8] = Array((path.hasPrefix("/") ? "file://" : "").utf8)
    for byte in fromHere(path).utf8 {
      if isPlain(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Without the `./` of a name from here on, as forges want it.
  static func fromHere(_ path: String) -> Substring {
    var rest = Substring(path)
    while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
    return rest
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
