internal import WeirSpecimens

/// Images in base64, where text carries them. The first bytes are those of a PNG, the rest is chance.
enum ImageWriter {
  private static let head = "iVBORw0KGgoAAAANSUhEUgAA"

  static func image(_ random: inout SplitMix64) -> String {
    let data = head + random.base64(random.number(200, 6000) * 4)
    switch random.below(3) {
    case 0:
      return ".icon-\(random.below(999)) { background: url(data:image/png;base64,\(data)==); }"
    case 1:
      return "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,\(data)=\"}}"
    default:
      let digits = Array(data)
      let lines = stride(from: 0, to: digits.count, by: 76).map {
        String(digits[$0..<min($0 + 76, digits.count)])
      }
      return "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
        + lines.joined(separator: "\n") + "\n\n--next-part"
    }
  }
}
