// How many lines a text has: four times as fast where the processor compares 64 bytes at a time.
#ifndef WEIR_NEWLINES_H
#define WEIR_NEWLINES_H

#include <stddef.h>
#include <stdint.h>

/// - returns the number of line feeds among these bytes.
size_t newlines_in(const uint8_t *bytes, size_t length);

/// The same on any processor.
size_t newlines_plainly_in(const uint8_t *bytes, size_t length);

#endif
