#include "newlines.h"

// Sums in bytes, which compilers turn into vector code.
size_t newlines_plainly_in(const uint8_t *bytes, size_t length) {
  size_t count = 0;
  while (length > 0) {
    size_t few = length < UINT8_MAX ? length : UINT8_MAX;
    uint8_t sum = 0;
    for (size_t index = 0; index < few; index++) sum += bytes[index] == '\n';
    count += sum;
    bytes += few;
    length -= few;
  }
  return count;
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx512bw,popcnt"))) static size_t by_sixty_four(const uint8_t *bytes, size_t length) {
  __m512i newline = _mm512_set1_epi8('\n');
  size_t count = 0;
  for (; length >= 64; bytes += 64, length -= 64)
    count += (size_t)__builtin_popcountll(_mm512_cmpeq_epi8_mask(_mm512_loadu_si512(bytes), newline));
  __mmask64 rest = ((__mmask64)1 << length) - 1;
  __m512i last = _mm512_maskz_loadu_epi8(rest, bytes);
  return count + (size_t)__builtin_popcountll(_mm512_cmpeq_epi8_mask(last, newline));
}

size_t newlines_in(const uint8_t *bytes, size_t length) {
  return __builtin_cpu_supports("avx512bw") ? by_sixty_four(bytes, length) : newlines_plainly_in(bytes, length);
}
#else
size_t newlines_in(const uint8_t *bytes, size_t length) { return newlines_plainly_in(bytes, length); }
#endif
