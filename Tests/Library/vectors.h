/* Reads the vectors that `corpus vectors` wrote (corpora/vectors/README.md). For the test programs beside it. */
#ifndef VECTORS_H
#define VECTORS_H

#include "check.h"

typedef struct expected_finding {
  uint64_t start, end;
  char rule[64];
} expected_finding;

typedef struct vector {
  unsigned char *input, *redacted;
  uint32_t input_bytes, redacted_bytes, finding_count;
  expected_finding *findings;
} vector;

/* malloc(0) may be null; a vector may be empty. */
static void *room(size_t count) {
  void *memory = malloc(count + 1);
  CHECK(memory != NULL);
  return memory;
}

static void read_exactly(FILE *file, void *to, size_t count) { CHECK(fread(to, 1, count, file) == count); }

static unsigned char *read_counted(FILE *file, uint32_t *count) {
  unsigned char *bytes;
  read_exactly(file, count, sizeof *count);
  bytes = (unsigned char *)room(*count);
  read_exactly(file, bytes, *count);
  return bytes;
}

static vector *read_vectors(const char *path, size_t *count) {
  FILE *file = fopen(path, "rb");
  vector *vectors = NULL;
  CHECK(file != NULL);
  for (*count = 0; ; *count += 1) {
    int next = fgetc(file);
    vector *one;
    uint32_t index;
    if (next == EOF) break;
    ungetc(next, file);
    vectors = (vector *)realloc(vectors, (*count + 1) * sizeof(vector));
    CHECK(vectors != NULL);
    one = &vectors[*count];
    one->input = read_counted(file, &one->input_bytes);
    one->redacted = read_counted(file, &one->redacted_bytes);
    read_exactly(file, &one->finding_count, sizeof one->finding_count);
    one->findings = (expected_finding *)room(one->finding_count * sizeof(expected_finding));
    for (index = 0; index < one->finding_count; index++) {
      uint32_t id_bytes;
      unsigned char *id;
      read_exactly(file, &one->findings[index].start, 8);
      read_exactly(file, &one->findings[index].end, 8);
      id = read_counted(file, &id_bytes);
      CHECK(id_bytes < sizeof one->findings[index].rule);
      memcpy(one->findings[index].rule, id, id_bytes);
      one->findings[index].rule[id_bytes] = 0;
      free(id);
    }
  }
  fclose(file);
  return vectors;
}

static void free_vectors(vector *vectors, size_t count) {
  size_t index;
  for (index = 0; index < count; index++) {
    free(vectors[index].input);
    free(vectors[index].redacted);
    free(vectors[index].findings);
  }
  free(vectors);
}

#endif
