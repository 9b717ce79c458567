#include "sieve.h"

static inline bool is_let_in(const struct sieve *sieve, uint32_t word) {
  uint32_t hash = sieve_hash(word);
  return sieve->gate[hash >> 3] >> (hash & 7) & 1;
}

/// Keeps the places that have around their word what its signatures have; those too near to an end of the text are kept.
/// None of these loops has a branch that a text decides.
static size_t keep_with_heads(const struct sieve *sieve, const uint8_t *text, size_t length, size_t first,
                              uint16_t *places, size_t count) {
  if (length < sizeof(uint64_t)) return count;
  size_t kept = 0;
  for (size_t index = 0; index < count; index++) {
    size_t place = first + places[index];
    const struct sieve_head *head = sieve->heads + sieve->head_numbers[sieve_hash(sieve_word(text, length, place)) >> 3];
    size_t begin = place - head->back;
    // Before the text's begin it is a number greater than all.
    bool is_inside = begin <= length - sizeof(uint64_t);
    uint64_t eight;
    memcpy(&eight, text + (is_inside ? begin : 0), sizeof eight);
    places[kept] = places[index];
    kept += !is_inside | ((eight & head->mask) == head->value);
  }
  return kept;
}

size_t sieve_places_plainly(const struct sieve *sieve, const uint8_t *text, size_t length, size_t first, size_t count,
                            uint16_t *places) {
  size_t found = 0;
  for (size_t place = 0; place < count; place++) {
    uint32_t word = sieve_word(text, length, first + place);
    uint8_t buckets = 0;
    for (int table = 0; table < SIEVE_BUCKET_TABLES; table++) {
      uint8_t shared = 0xFF;
      for (int byte = 0; byte < SIEVE_WORD_BYTES; byte++)
        shared &= sieve->classes[(byte * SIEVE_BUCKET_TABLES + table) * 128 + (word >> 8 * byte & 127)];
      buckets |= shared;
    }
    if (buckets && is_let_in(sieve, word)) places[found++] = (uint16_t)place;
  }
  return keep_with_heads(sieve, text, length, first, places, found);
}

#if defined(__x86_64__)
#include <immintrin.h>

#define FAST __attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt")))

bool sieve_is_fast(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
}

/// The lowest `count` bits.
static inline uint64_t bits(size_t count) { return count < 64 ? ((uint64_t)1 << count) - 1 : ~(uint64_t)0; }

/// Of sixty-four places those whose four bytes share a bucket.
FAST static inline __mmask64 places_in_buckets(const __m512i tables[SIEVE_WORD_BYTES][SIEVE_BUCKET_TABLES][2],
                                               const __m512i bytes[SIEVE_WORD_BYTES]) {
  __m512i buckets = _mm512_setzero_si512();
  for (int table = 0; table < SIEVE_BUCKET_TABLES; table++) {
    __m512i shared = _mm512_set1_epi8(-1);
    for (int byte = 0; byte < SIEVE_WORD_BYTES; byte++)
      shared = _mm512_and_si512(
          shared, _mm512_permutex2var_epi8(tables[byte][table][0], bytes[byte], tables[byte][table][1]));
    buckets = _mm512_or_si512(buckets, shared);
  }
  return _mm512_test_epi8_mask(buckets, buckets);
}

/// Writes the numbers of the bits set, `base` added; what stands behind them is of no meaning.
///
/// - returns how many they are.
FAST static inline size_t write(uint16_t *places, __mmask64 set, size_t base, __m512i numbers) {
  __m512i kept = _mm512_maskz_compress_epi8(set, numbers);
  __m512i bases = _mm512_set1_epi16((short)base);
  size_t count = (size_t)__builtin_popcountll(set);
  _mm512_storeu_si512(places, _mm512_add_epi16(bases, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(kept))));
  if (count > 32)
    _mm512_storeu_si512(places + 32,
                        _mm512_add_epi16(bases, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(kept, 1))));
  return count;
}

FAST size_t sieve_places(const struct sieve *sieve, const uint8_t *text, size_t length, size_t first, size_t count,
                         uint16_t *places) {
  uint16_t few[SIEVE_PIECE_BYTES + 64];
  uint8_t all[64];
  __m512i tables[SIEVE_WORD_BYTES][SIEVE_BUCKET_TABLES][2];
  for (int byte = 0; byte < SIEVE_WORD_BYTES; byte++)
    for (int table = 0; table < SIEVE_BUCKET_TABLES; table++)
      for (int half = 0; half < 2; half++)
        tables[byte][table][half] =
            _mm512_loadu_si512(sieve->classes + (byte * SIEVE_BUCKET_TABLES + table) * 128 + half * 64);
  for (int number = 0; number < 64; number++) all[number] = (uint8_t)number;
  __m512i numbers = _mm512_loadu_si512(all);

  const uint8_t *piece = text + first;
  size_t readable = length - first, kept = 0, place = 0;
  for (; place + 64 <= count && place + 64 + SIEVE_WORD_BYTES - 1 <= readable; place += 64) {
    __m512i bytes[SIEVE_WORD_BYTES];
    for (int byte = 0; byte < SIEVE_WORD_BYTES; byte++) bytes[byte] = _mm512_loadu_si512(piece + place + byte);
    kept += write(few + kept, places_in_buckets(tables, bytes), place, numbers);
  }
  size_t whole = kept;
  for (; place < count; place += 64) {
    __m512i bytes[SIEVE_WORD_BYTES];
    for (size_t byte = 0; byte < SIEVE_WORD_BYTES; byte++)
      bytes[byte] = _mm512_maskz_loadu_epi8(place + byte < readable ? bits(readable - place - byte) : 0,
                                            piece + place + byte);
    kept += write(few + kept, places_in_buckets(tables, bytes) & bits(count - place), place, numbers);
  }

  size_t found = 0;
  for (size_t index = 0; index < whole; index++) {
    uint32_t word;
    memcpy(&word, piece + few[index], sizeof word);
    places[found] = few[index];
    found += is_let_in(sieve, word);
  }
  for (size_t index = whole; index < kept; index++) {
    places[found] = few[index];
    found += is_let_in(sieve, sieve_word(piece, readable, few[index]));
  }
  return keep_with_heads(sieve, text, length, first, places, found);
}
#else
bool sieve_is_fast(void) { return false; }

size_t sieve_places(const struct sieve *sieve, const uint8_t *text, size_t length, size_t first, size_t count,
                    uint16_t *places) {
  return sieve_places_plainly(sieve, text, length, first, count, places);
}
#endif
