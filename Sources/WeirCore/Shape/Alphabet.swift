/// The alphabets a shape may name. Names and members are those of the catalogue of facts.
public enum Alphabet {
  private static let digits = ByteSet("0123456789")
  private static let lower = ByteSet("abcdefghijklmnopqrstuvwxyz")
  private static let upper = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  private static let base62 = digits.union(lower).union(upper)

  public static let named: [String: ByteSet] = [
    "digits": digits,
    "lower": lower,
    "upper": upper,
    "alpha": lower.union(upper),
    "hex": ByteSet("0123456789abcdef"),
    "HEX": ByteSet("0123456789ABCDEF"),
    "hexmixed": ByteSet("0123456789abcdefABCDEF"),
    "base62": base62,
    "lower-alnum": digits.union(lower),
    "upper-alnum": digits.union(upper),
    "word": base62.union(ByteSet("_")),
    "base32": upper.union(ByteSet("234567")),
    "base32-lower": lower.union(ByteSet("234567")),
    "base36": digits.union(lower),
    "base58": base62.subtracting(ByteSet("0OIl")),
    "base64": base62.union(ByteSet("+/")),
    "base64url": base62.union(ByteSet("-_")),
    "base64any": base62.union(ByteSet("+/-_")),
    "bech32": ByteSet("qpzry9x8gf2tvdw0s3jn54khce6mua7l"),
    "printable": ByteSet(33...126),
  ]
}
