// What in a secret may say that it is none, for 64 bytes at a time: most of the time of a finding went into asking each byte.
#ifndef WEIR_SIGNS_H
#define WEIR_SIGNS_H

#include <stddef.h>
#include <stdint.h>

enum {
  /// So many bytes are looked at in one go, at most.
  SIGNS_BYTES = 64,
};

/// Of the bytes that were looked at a bit each, the first in the lowest.
struct signs {
  /// Here and behind it stands `ex`, `pl`, `ch` or `re`, in any case.
  uint64_t parts;
  /// The next byte is the same, or the one behind it in a row such as `89abc`; in some other pairs too, which do no harm.
  uint64_t rows;
  /// A slash stands here.
  uint64_t slashes;
};

/// Looks at the first SIGNS_BYTES of these bytes, or at all of them.
struct signs signs_in(const uint8_t *bytes, size_t length);

/// The same on any processor.
struct signs signs_plainly_in(const uint8_t *bytes, size_t length);

/// - returns where two bytes stand side by side first, from `from` on; `length` when they do not.
size_t pair_in(const uint8_t *bytes, size_t length, size_t from, uint8_t first, uint8_t second);

/// The same on any processor.
size_t pair_plainly_in(const uint8_t *bytes, size_t length, size_t from, uint8_t first, uint8_t second);

#endif
