// Each function of CSieve and its plain twin say the same of texts of chance, of every small length, that end where their memory ends.
// Built with sanitizers by scripts/check-c, which see a byte read too far, a shift too wide and an overflow.
#include <stdio.h>
#include <stdlib.h>

#include "newlines.h"
#include "sieve.h"
#include "signs.h"

enum { MOST_BYTES = SIEVE_PIECE_BYTES + 200, ROUNDS = 4000, HEADS = 64 };

static uint64_t state = 1;

static uint64_t chance(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

static void expect(int is_so, const char *what, size_t length) {
  if (is_so) return;
  fprintf(stderr, "%s is not what its plain twin says, at %zu bytes\n", what, length);
  exit(1);
}

/// Some bytes that mean something come often, so that what is looked for stands there.
static uint8_t some_byte(void) {
  static const char often[] = "exEXplchre/09zaAwWED*\n\nABC";
  uint64_t dice = chance();
  return dice & 3 ? (uint8_t)often[(dice >> 8) % (sizeof often - 1)] : (uint8_t)(dice >> 16);
}

/// Of its own size, so that a byte behind it is nobody's.
static uint8_t *text_of(size_t length) {
  uint8_t *text = malloc(length ? length : 1);
  if (!text) exit(2);
  for (size_t place = 0; place < length; place++) text[place] = some_byte();
  return text;
}

struct tables {
  uint8_t classes[SIEVE_CLASS_BYTES], gate[SIEVE_GATE_BYTES];
  uint16_t head_numbers[SIEVE_GATE_BYTES];
  struct sieve_head heads[HEADS];
};

static void fill(struct tables *tables) {
  // A bucket of eight has a byte, and half of the gate is open: enough is let in to be compared, and enough is not.
  for (size_t index = 0; index < SIEVE_CLASS_BYTES; index++) tables->classes[index] = chance() & chance() & 0xFF;
  for (size_t index = 0; index < SIEVE_GATE_BYTES; index++) {
    tables->gate[index] = chance() & 0xFF;
    tables->head_numbers[index] = chance() % HEADS;
  }
  for (size_t index = 0; index < HEADS; index++) {
    uint64_t mask = index & 1 ? 0 : chance() & chance() & chance() & chance();
    tables->heads[index] = (struct sieve_head){mask, chance() & mask, chance() % 12};
  }
}

static void compare_places(const struct tables *tables, const uint8_t *text, size_t length) {
  struct sieve sieve = {tables->classes, tables->gate, tables->head_numbers, tables->heads};
  for (size_t first = 0; first < length; first += SIEVE_PIECE_BYTES) {
    size_t count = length - first < SIEVE_PIECE_BYTES ? length - first : SIEVE_PIECE_BYTES;
    uint16_t *fast = malloc(SIEVE_PIECE_BYTES * sizeof *fast), *plain = malloc(SIEVE_PIECE_BYTES * sizeof *plain);
    if (!fast || !plain) exit(2);
    size_t found = sieve_places_plainly(&sieve, text, length, first, count, plain);
    if (sieve_is_fast()) {
      expect(found == sieve_places(&sieve, text, length, first, count, fast), "sieve_places", length);
      for (size_t index = 0; index < found; index++) expect(fast[index] == plain[index], "a place", length);
    }
    free(fast);
    free(plain);
  }
}

static void compare_signs(const uint8_t *text, size_t length) {
  struct signs fast = signs_in(text, length), plain = signs_plainly_in(text, length);
  expect(fast.parts == plain.parts && fast.rows == plain.rows && fast.slashes == plain.slashes, "signs_in", length);
  for (size_t from = 0; from <= length && from < 40; from++)
    for (size_t second = 0; second <= 'D'; second += 'D')
      expect(pair_in(text, length, from, 'E', second) == pair_plainly_in(text, length, from, 'E', second), "pair_in", length);
}

int main(void) {
  struct tables *tables = malloc(sizeof *tables);
  if (!tables) return 2;
  size_t places = 0;
  for (size_t round = 0; round < ROUNDS; round++) {
    if (round % 100 == 0) fill(tables);
    size_t length = round < ROUNDS - 100 ? round % 400 : chance() % MOST_BYTES;
    uint8_t *text = text_of(length);
    expect(newlines_in(text, length) == newlines_plainly_in(text, length), "newlines_in", length);
    compare_signs(text, length);
    compare_places(tables, text, length);
    places += length;
    free(text);
  }
  free(tables);
  printf("%zu places%s\n", places, sieve_is_fast() ? "" : "; the sieve only plainly, for this processor knows no other");
  return 0;
}
