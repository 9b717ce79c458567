/// What follows the head of a mask without a break: its rule, its fingerprint, and whatever of the kind is glued to it. No cue begins in there.
///
/// It has no greatest length: a mask may take the place of an older one's first letters, and what was behind the old one must stay behind the new.
/// Bound: each byte is looked at once.
struct MaskTail {
  private var start: UInt64 = 0
  /// All bytes of `[start, end)` may stand in a mask.
  private var end: UInt64 = 0
  /// The tail goes on, as far as is known.
  private var isOpen = false

  init() {}

  /// The last one ended there.
  init(endedAt offset: UInt64) {
    start = offset
    end = offset
  }

  /// No tail goes on.
  var isEnded: Bool { !isOpen }

  /// So many bytes before `offset` the last one ended; nil if there was none.
  func byteCount(to offset: UInt64) -> UInt64? { end > 0 ? offset - end : nil }

  /// A mask's head ends at `offset`.
  mutating func begin(at offset: UInt64, in view: View) {
    follow(to: offset, in: view)
    // Its bytes are such as a tail has: it may be part of the last one.
    if isOpen, end >= offset { return }
    start = offset
    end = offset
    isOpen = true
  }

  /// What begins at `offset` begins in a mask.
  mutating func reaches(_ offset: UInt64, in view: View) -> Bool {
    follow(to: offset, in: view)
    return end > 0 && start <= offset && offset <= end
  }

  /// Where the text between the last mask and `offset` begins.
  mutating func floor(before offset: UInt64, in view: View) -> UInt64 {
    follow(to: offset, in: view)
    return end
  }

  mutating func follow(to offset: UInt64, in view: View) {
    while isOpen, end < offset {
      if MaskText.tailBytes.contains(view[end]) { end += 1 } else { isOpen = false }
    }
  }
}
