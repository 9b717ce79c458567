internal import CHyperscan

/// One expression of a database, and how it is meant.
public struct Expression: Sendable {
  public struct Options: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let caseless = Options(rawValue: 1)
    /// A dot is any byte, also a line feed.
    public static let dotAll = Options(rawValue: 2)
    /// More may match than the expression says, never less.
    public static let prefilter = Options(rawValue: 4)
    /// One match of a scan is enough.
    public static let once = Options(rawValue: 8)

    var flags: UInt32 {
      (contains(.caseless) ? UInt32(HS_FLAG_CASELESS) : 0)
        | (contains(.dotAll) ? UInt32(HS_FLAG_DOTALL) : 0)
        | (contains(.prefilter) ? UInt32(HS_FLAG_PREFILTER) : 0)
        | (contains(.once) ? UInt32(HS_FLAG_SINGLEMATCH) : 0)
    }
  }

  public let text: String
  public let options: Options

  public init(_ text: String, _ options: Options) {
    self.text = text
    self.options = options
  }
}
