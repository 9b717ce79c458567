/* Engines of a catalogue that `weir rules compile` wrote, from its file and from memory, and of none that is damaged.
 *
 *     catalogue FILE      of Tests/Library/acme.toml alone
 */
#include <weir.h>

#include "check.h"

static const char record[] = "token acmetest_0a1b2c3d4e5f6g7h8i9j end";
static const char masked[] = "token WEIR_REDACTED_acme.test-token end";

static void expect(weir_engine *engine, const char *wanted) {
  char output[256];
  size_t count;
  CHECK(weir_record_redact(engine, record, strlen(record), output, sizeof output, &count, NULL) == WEIR_OK);
  CHECK(count == strlen(wanted) && memcmp(output, wanted, count) == 0);
}

static weir_status open_bytes(weir_engine **engine, const void *bytes, size_t count) {
  weir_engine_options options = WEIR_ENGINE_OPTIONS;
  options.catalogue = bytes;
  options.catalogue_bytes = count;
  return weir_engine_open(engine, &options);
}

int main(int count, char **arguments) {
  weir_engine_options options = WEIR_ENGINE_OPTIONS;
  weir_engine *engine = NULL, *none = NULL;
  weir_rule rule;
  unsigned char *bytes, *copy;
  size_t byte_count, rule_count, place;
  FILE *file;
  CHECK(count == 2);
  file = fopen(arguments[1], "rb");
  CHECK(file != NULL);
  bytes = (unsigned char *)malloc(1 << 20);
  byte_count = fread(bytes, 1, 1 << 20, file);
  CHECK(byte_count > 0 && byte_count < 1 << 20);
  fclose(file);

  /* From its file. */
  options.catalogue_path = arguments[1];
  CHECK(weir_engine_open(&engine, &options) == WEIR_OK);
  CHECK(weir_engine_rule_count(engine, &rule_count) == WEIR_OK && rule_count == 1);
  rule.size = sizeof rule;
  CHECK(weir_engine_rule(engine, 0, &rule) == WEIR_OK && strcmp(rule.id, "acme.test-token") == 0);
  expect(engine, masked);
  options.packs = "ai";
  CHECK(weir_engine_open(&none, &options) == WEIR_NO_RULE);
  options.packs = NULL;

  /* Other rules, and these again; the names of the first are still there. */
  CHECK(weir_engine_reload(engine, NULL, WEIR_RELOAD_NEW) == WEIR_OK);
  expect(engine, record);
  CHECK(weir_engine_reload(engine, &options, WEIR_RELOAD_AT_LINE) == WEIR_OK);
  expect(engine, masked);
  CHECK(strcmp(rule.id, "acme.test-token") == 0);

  /* A program that was made before there were catalogues. */
  options.size = offsetof(weir_engine_options, catalogue_path);
  CHECK(weir_engine_reload(engine, &options, WEIR_RELOAD_NEW) == WEIR_OK);
  expect(engine, record);
  CHECK(weir_engine_free(engine) == WEIR_OK);

  /* From memory that is gone at once. */
  copy = (unsigned char *)malloc(byte_count);
  memcpy(copy, bytes, byte_count);
  CHECK(open_bytes(&engine, copy, byte_count) == WEIR_OK);
  memset(copy, 0, byte_count);
  expect(engine, masked);
  CHECK(weir_engine_free(engine) == WEIR_OK);

  /* What is cut short, or has another bit, is none. */
  for (place = 0; place < byte_count; place++) {
    CHECK(open_bytes(&none, bytes, place) == WEIR_NO_CATALOGUE);
    memcpy(copy, bytes, byte_count);
    copy[place] ^= (unsigned char)(1 << place % 8);
    CHECK(open_bytes(&none, copy, byte_count) == WEIR_NO_CATALOGUE);
  }
  CHECK(open_bytes(&none, NULL, 1) == WEIR_INVALID);
  options.size = sizeof options;
  options.catalogue = bytes;
  options.catalogue_bytes = byte_count;
  CHECK(weir_engine_open(&none, &options) == WEIR_INVALID);
  options.catalogue = NULL;
  CHECK(weir_engine_open(&none, &options) == WEIR_INVALID);
  options.catalogue_bytes = 0;
  options.catalogue_path = "/nowhere/acme.weir";
  CHECK(weir_engine_open(&none, &options) == WEIR_NO_CATALOGUE);
  options.catalogue_path = "/";
  CHECK(weir_engine_open(&none, &options) == WEIR_NO_CATALOGUE);
  options.catalogue_path = arguments[0];
  CHECK(weir_engine_open(&none, &options) == WEIR_NO_CATALOGUE);
  CHECK(none == NULL);
  free(copy);
  free(bytes);
  printf("%zu bytes, cut and changed at each\n", byte_count);
  return 0;
}
