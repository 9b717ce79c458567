// Where in a text one of a few thousand words of four bytes may begin: what no Swift can say, for it has no name for these instructions.
#ifndef WEIR_SIEVE_H
#define WEIR_SIEVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
  /// The bytes of a word.
  SIEVE_WORD_BYTES = 4,
  /// Words are told apart by twenty-four buckets, three tables of eight: their tables are what a processor has room for in its registers.
  SIEVE_BUCKET_TABLES = 3,
  /// Of each byte of a word, and of each eight buckets: for the low seven bits of a byte the buckets that have it there.
  SIEVE_CLASS_BYTES = SIEVE_WORD_BYTES * SIEVE_BUCKET_TABLES * 128,
  /// A bit for each value of `sieve_hash`.
  SIEVE_GATE_BYTES = 1 << 14,
  /// So many places are asked at a time, at most.
  SIEVE_PIECE_BYTES = 1 << 12,
};

/// The four bytes at a place, as they lie in memory; those that are not there are zero.
static inline uint32_t sieve_word(const uint8_t *text, size_t length, size_t place) {
  uint32_t word = 0;
  if (length - place >= sizeof word)
    memcpy(&word, text + place, sizeof word);
  else
    memcpy(&word, text + place, length - place);
  return word;
}

/// Of a word as it lies in memory, the first byte lowest: the gate's byte, and a bit of it in the three lowest bits.
static inline uint32_t sieve_hash(uint32_t word) { return word * 0x9E3779B1u >> 15; }

/// What stands around a word in all signatures that have one of its words.
struct sieve_head {
  /// Of eight bytes the bits that are asked for, and what they must be.
  uint64_t mask, value;
  /// The eight bytes begin so many before the word.
  uint64_t back;
};

/// What a sieve asks.
struct sieve {
  /// SIEVE_CLASS_BYTES and SIEVE_GATE_BYTES of them.
  const uint8_t *classes, *gate;
  /// For each byte of the gate one of `heads`.
  const uint16_t *head_numbers;
  const struct sieve_head *heads;
};

/// This processor asks 64 places at a time, and without a table in memory (AVX-512 VBMI).
bool sieve_is_fast(void);

/// Asks `count` places of a text from `first` on, SIEVE_PIECE_BYTES at most and none behind its end. A byte that is not there counts as zero.
///
/// - places: room for SIEVE_PIECE_BYTES; gets those where a word may begin, in order, counted from `first`.
/// - returns how many they are.
size_t sieve_places(const struct sieve *sieve, const uint8_t *text, size_t length, size_t first, size_t count,
                    uint16_t *places);

/// The same on any processor, place by place.
size_t sieve_places_plainly(const struct sieve *sieve, const uint8_t *text, size_t length, size_t first, size_t count,
                            uint16_t *places);

#endif
