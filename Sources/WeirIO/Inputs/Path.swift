/// The name of an input, as the bytes the system gave: a file's name need not be text.
public struct Path: Hashable, Sendable {
  /// `-`: standard input.
  public static let standardInput = Path(Array("-".utf8))

  public let bytes: [UInt8]

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  public init(_ text: String) {
    self.init(Array(text.utf8))
  }

  public var isStandardInput: Bool { self == .standardInput }

  /// What findings and errors call it: `<stdin>`, or the name with U+FFFD for what is not UTF-8; two
  /// quotes where there is none. Not escaped.
  public var text: String {
    if bytes.isEmpty { return "''" }
    return isStandardInput ? "<stdin>" : String(decoding: bytes, as: UTF8.self)
  }

  func appending(_ name: some Collection<UInt8>) -> Path {
    let slash = UInt8(ascii: "/")
    var whole: [UInt8] = []
    whole.reserveCapacity(bytes.count + 1 + name.count)
    whole += bytes
    if bytes.last != slash { whole.append(slash) }
    whole += name
    return Path(whole)
  }

  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { characters in
      for (index, byte) in bytes.enumerated() { characters[index] = CChar(bitPattern: byte) }
      characters[bytes.count] = 0
      return body(characters.baseAddress!)
    }
  }
}
