extension Path {
  /// The member of that name in what is packed here: `image.tar!app/.env`.
  func member(_ name: [UInt8]) -> Path {
    Path((isStandardInput ? Array(text.utf8) : bytes) + [UInt8(ascii: "!")] + name)
  }
}
