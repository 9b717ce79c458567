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

  /// How far before an offset the last one began and ended.
  struct Distance {
    var toStart: UInt64
    var toEnd: UInt64
  }

  /// The last one stood so far before an offset.
  init(_ distance: Distance, before offset: UInt64) {
    // Nothing here begins before 0.
    start = offset - min(distance.toStart, offset)
    end = offset - min(distance.toEnd, offset)
  }

  /// No tail goes on.
  var isEnded: Bool { !isOpen }

  /// Nil if there was none.
  func distance(to offset: UInt64) -> Distance? {
    end > 0 ? Distance(toStart: offset - start, toEnd: offset - end) : nil
  }

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
