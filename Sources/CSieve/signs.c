#include "signs.h"

#include <stdbool.h>

static uint8_t small(uint8_t byte) { return byte | 0x20; }

static bool is_part(uint8_t byte, uint8_t next) {
  uint8_t a = small(byte), b = small(next);
  return (a == 'e' && b == 'x') || (a == 'p' && b == 'l') || (a == 'c' && b == 'h') || (a == 'r' && b == 'e');
}

static bool is_row(uint8_t byte, uint8_t next) {
  bool is_end = byte == '9' || byte == '0' || small(byte) == 'z';
  return next == byte || next == (uint8_t)(byte + 1) || (is_end && (next == '0' || small(next) == 'a'));
}

struct signs signs_plainly_in(const uint8_t *bytes, size_t length) {
  if (length > SIGNS_BYTES) length = SIGNS_BYTES;
  struct signs signs = {0, 0, 0};
  for (size_t place = 0; place < length; place++) {
    uint64_t bit = 1ull << place;
    if (bytes[place] == '/') signs.slashes |= bit;
    if (place + 1 == length) break;
    if (is_part(bytes[place], bytes[place + 1])) signs.parts |= bit;
    if (is_row(bytes[place], bytes[place + 1])) signs.rows |= bit;
  }
  return signs;
}

size_t pair_plainly_in(const uint8_t *bytes, size_t length, size_t from, uint8_t first, uint8_t second) {
  for (size_t place = from; place + 1 < length; place++)
    if (bytes[place] == first && bytes[place + 1] == second) return place;
  return length;
}

#if defined(__SSE2__)
#include <emmintrin.h>
#include <string.h>

enum { STEP = 16 };

/// Sixteen bytes and those behind each of them; what is not there is zero.
struct step {
  __m128i here, next;
};

static inline struct step step_at(const uint8_t *bytes, size_t length, size_t place) {
  uint8_t few[2 * STEP] = {0};
  const uint8_t *from = bytes + place;
  if (length - place <= STEP) {
    memcpy(few, from, length - place);
    from = few;
  }
  return (struct step){_mm_loadu_si128((const __m128i *)from), _mm_loadu_si128((const __m128i *)(from + 1))};
}

static inline __m128i are(__m128i bytes, char byte) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte)); }

/// Of sixteen answers a bit each, where they belong.
static inline uint64_t bits(__m128i answers, size_t place) {
  return (uint64_t)(uint32_t)_mm_movemask_epi8(answers) << place;
}

static inline __m128i are_parts(__m128i here, __m128i next) {
  __m128i bit = _mm_set1_epi8(0x20);
  __m128i a = _mm_or_si128(here, bit), b = _mm_or_si128(next, bit);
  __m128i ex = _mm_and_si128(are(a, 'e'), are(b, 'x')), pl = _mm_and_si128(are(a, 'p'), are(b, 'l'));
  __m128i ch = _mm_and_si128(are(a, 'c'), are(b, 'h')), re = _mm_and_si128(are(a, 'r'), are(b, 'e'));
  return _mm_or_si128(_mm_or_si128(ex, pl), _mm_or_si128(ch, re));
}

static inline __m128i are_rows(__m128i here, __m128i next) {
  __m128i bit = _mm_set1_epi8(0x20);
  __m128i ends = _mm_or_si128(_mm_or_si128(are(here, '9'), are(here, '0')), are(_mm_or_si128(here, bit), 'z'));
  __m128i begins = _mm_or_si128(are(next, '0'), are(_mm_or_si128(next, bit), 'a'));
  __m128i follows = _mm_cmpeq_epi8(next, _mm_add_epi8(here, _mm_set1_epi8(1)));
  return _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(here, next), follows), _mm_and_si128(ends, begins));
}

struct signs signs_in(const uint8_t *bytes, size_t length) {
  if (length > SIGNS_BYTES) length = SIGNS_BYTES;
  struct signs signs = {0, 0, 0};
  if (length == 0) return signs;
  for (size_t place = 0; place < length; place += STEP) {
    struct step step = step_at(bytes, length, place);
    signs.parts |= bits(are_parts(step.here, step.next), place);
    signs.rows |= bits(are_rows(step.here, step.next), place);
    signs.slashes |= bits(are(step.here, '/'), place);
  }
  // Behind the last byte is none.
  uint64_t pairs = ((uint64_t)1 << (length - 1)) - 1;
  signs.parts &= pairs;
  signs.rows &= pairs;
  return signs;
}

size_t pair_in(const uint8_t *bytes, size_t length, size_t from, uint8_t first, uint8_t second) {
  for (size_t place = from; place + 1 < length; place += STEP) {
    struct step step = step_at(bytes, length, place);
    uint64_t found = bits(_mm_and_si128(are(step.here, (char)first), are(step.next, (char)second)), 0);
    if (found == 0) continue;
    size_t pair = place + (size_t)__builtin_ctzll(found);
    // A zero may stand for a byte that is not there.
    return pair + 1 < length ? pair : length;
  }
  return length;
}
#else
struct signs signs_in(const uint8_t *bytes, size_t length) { return signs_plainly_in(bytes, length); }

size_t pair_in(const uint8_t *bytes, size_t length, size_t from, uint8_t first, uint8_t second) {
  return pair_plainly_in(bytes, length, from, first, second);
}
#endif
