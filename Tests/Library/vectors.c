/* Every vector as a record and as a stream cut in two at every place, by callbacks and by pulling: the same bytes and findings.
 *
 *     vectors FILE [LIBRARY]      LIBRARY: loaded by dlopen, when compiled with -DLOADED
 */
#include "loaded.h"
#include "vectors.h"

typedef struct collected {
  unsigned char *bytes;
  size_t count, capacity;
  const vector *expected;
  uint32_t finding_count;
} collected;

static void append(void *context, const void *bytes, size_t count) {
  collected *all = (collected *)context;
  CHECK(all->count + count <= all->capacity);
  memcpy(all->bytes + all->count, bytes, count);
  all->count += count;
}

static void compare(collected *all, const weir_finding *finding) {
  const expected_finding *expected;
  CHECK(finding->size == sizeof *finding);
  CHECK(all->finding_count < all->expected->finding_count);
  expected = &all->expected->findings[all->finding_count++];
  CHECK(finding->start == expected->start && finding->end == expected->end);
  CHECK(strcmp(finding->rule, expected->rule) == 0);
}

static void found(void *context, const weir_finding *finding) { compare((collected *)context, finding); }

static void expect(const collected *all) {
  CHECK(all->count == all->expected->redacted_bytes);
  CHECK(memcmp(all->bytes, all->expected->redacted, all->count) == 0);
  CHECK(all->finding_count == all->expected->finding_count);
}

static void check_receipt(weir_stream *stream, const vector *expected) {
  weir_receipt receipt;
  receipt.size = sizeof receipt;
  CHECK(weir_stream_receipt(stream, &receipt) == WEIR_OK);
  CHECK(receipt.taken_bytes == expected->input_bytes && receipt.scanned_bytes == receipt.taken_bytes);
  CHECK(receipt.clean_bytes + receipt.masked_bytes == receipt.taken_bytes && receipt.withheld_bytes == 0);
  CHECK(receipt.delivered_bytes + receipt.waiting_bytes == receipt.clean_bytes + receipt.mask_text_bytes);
  CHECK(receipt.delivered_bytes == expected->redacted_bytes);
  CHECK(receipt.finding_count == expected->finding_count);
}

static void pull(weir_stream *stream, collected *all) {
  unsigned char part[7];
  size_t count;
  uint32_t has_finding;
  weir_finding finding;
  finding.size = sizeof finding;
  for (;;) {
    CHECK(weir_stream_read(stream, part, sizeof part, &count) == WEIR_OK);
    if (count == 0) break;
    append(all, part, count);
  }
  for (;;) {
    CHECK(weir_stream_finding(stream, &finding, &has_finding) == WEIR_OK);
    if (!has_finding) break;
    compare(all, &finding);
  }
}

static void check_stream(weir_engine *engine, const vector *vector, size_t place, int pulls) {
  weir_stream_options options = WEIR_STREAM_OPTIONS;
  weir_stream *stream;
  collected all = {NULL, 0, 0, NULL, 0};
  size_t taken = 0;
  all.capacity = vector->redacted_bytes + vector->input_bytes;
  all.bytes = (unsigned char *)room(all.capacity);
  all.expected = vector;
  if (pulls) {
    options.pulls_findings = 1;
  } else {
    options.output = append;
    options.finding = found;
    options.context = &all;
  }
  CHECK(weir_stream_open(engine, &options, &stream) == WEIR_OK);
  CHECK(weir_stream_write(stream, vector->input, place, &taken) == WEIR_OK && taken == place);
  if (pulls) pull(stream, &all);
  CHECK(weir_stream_write(stream, vector->input + place, vector->input_bytes - place, &taken) == WEIR_OK);
  CHECK(taken == vector->input_bytes - place);
  CHECK(weir_stream_finish(stream) == WEIR_OK);
  if (pulls) pull(stream, &all);
  expect(&all);
  check_receipt(stream, vector);
  CHECK(weir_stream_free(stream) == WEIR_OK);
  free(all.bytes);
}

static void check_record(weir_engine *engine, const vector *vector) {
  size_t capacity = vector->redacted_bytes, count = 0, finding_count = 0, index;
  unsigned char *output = (unsigned char *)room(capacity);
  weir_finding findings[64];
  collected all = {NULL, 0, 0, NULL, 0};
  CHECK(weir_record_redact(engine, vector->input, vector->input_bytes, output, capacity, &count, &finding_count) == WEIR_OK);
  CHECK(count == capacity && memcmp(output, vector->redacted, count) == 0);
  CHECK(finding_count == vector->finding_count);
  if (capacity > 0) {
    CHECK(weir_record_redact(engine, vector->input, vector->input_bytes, output, capacity - 1, &count, NULL) == WEIR_TOO_SMALL);
    CHECK(count == capacity);
  }
  CHECK(weir_record_scan(engine, vector->input, vector->input_bytes, findings, sizeof *findings, 64, &finding_count) == WEIR_OK);
  all.expected = vector;
  for (index = 0; index < finding_count; index++) compare(&all, &findings[index]);
  CHECK(all.finding_count == vector->finding_count);
  free(output);
}

int main(int argc, char **argv) {
  weir_engine *engine;
  size_t count, index, place, splits = 0;
  vector *vectors;
  CHECK(argc >= 2);
  load(argc > 2 ? argv[2] : "");
  vectors = read_vectors(argv[1], &count);
  CHECK(count > 0);
  CHECK(weir_engine_open(&engine, NULL) == WEIR_OK);
  for (index = 0; index < count; index++) {
    check_record(engine, &vectors[index]);
    for (place = 0; place <= vectors[index].input_bytes; place++) {
      check_stream(engine, &vectors[index], place, 0);
      check_stream(engine, &vectors[index], place, 1);
      splits++;
    }
  }
  CHECK(weir_engine_free(engine) == WEIR_OK);
  printf("%u vectors, %u splits\n", (unsigned)count, (unsigned)splits);
  free_vectors(vectors, count);
  return 0;
}
