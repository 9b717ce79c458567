/// Where a credential stands, and which.
public struct Label: Sendable, Equatable {
  public var rule: String
  public var dress: Dress
  /// The path below the corpus's folder.
  public var file: String
  /// Of the secret, in bytes from the file's start.
  public var range: Range<UInt64>
  /// The bytes that were made and put there: for who checks the range. No manifest has them.
  public var written: [UInt8]

  /// The line of a manifest, with its end.
  public var line: String {
    """
    {"start":\(range.lowerBound),"end":\(range.upperBound),"rule":"\(rule)",\
    "dress":"\(dress.rawValue)","file":"\(file)"}

    """
  }
}
