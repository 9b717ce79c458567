/* Calls of every function in every order, with arguments that cannot be: each ends in a status, and what is still right stays right.
 *
 *     misuse [ROUNDS [SEED]]
 */
#include <weir.h>

#include "check.h"

static uint64_t state;

static uint32_t dice(uint32_t sides) {
  /* SplitMix64, of which any 32 bits are as good as others. */
  uint64_t mixed = (state += 0x9E3779B97F4A7C15u);
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return (uint32_t)((mixed ^ (mixed >> 31)) >> 16) % sides;
}

static int is_known(weir_status status) {
  return status >= WEIR_OK && status <= WEIR_NO_CATALOGUE && strcmp(weir_status_text(status), "no status of this library") != 0;
}

static weir_stream *inside; /* what its own callbacks call */
static unsigned callbacks;

static void call_back(void *context, const void *bytes, size_t count) {
  size_t size;
  (void)context, (void)bytes, (void)count;
  callbacks++;
  CHECK(weir_stream_write(inside, "x", 1, NULL) == WEIR_BUSY);
  CHECK(weir_stream_finish(inside) == WEIR_BUSY);
  CHECK(weir_stream_abort(inside) == WEIR_BUSY);
  CHECK(weir_stream_footprint_bytes(inside, &size) == WEIR_BUSY);
  CHECK(weir_stream_free(inside) == WEIR_BUSY);
}

static void nulls(weir_engine *engine) {
  weir_stream *stream;
  weir_stream_options options = WEIR_STREAM_OPTIONS;
  weir_engine_options broken = WEIR_ENGINE_OPTIONS;
  weir_rule rule;
  weir_counters counters;
  weir_receipt receipt;
  weir_finding finding;
  weir_slice slice;
  weir_engine *other = NULL;
  char output[64], record[64] = "a record";
  size_t count, done;
  uint32_t flag;

  CHECK(weir_engine_open(NULL, NULL) == WEIR_INVALID);
  CHECK(weir_engine_retain(NULL) == WEIR_INVALID);
  CHECK(weir_engine_free(NULL) == WEIR_OK);
  CHECK(weir_engine_reload(NULL, NULL, WEIR_RELOAD_NEW) == WEIR_INVALID);
  CHECK(weir_engine_reload(engine, NULL, (weir_reload)7) == WEIR_INVALID);
  CHECK(weir_engine_rule_count(NULL, &count) == WEIR_INVALID);
  CHECK(weir_engine_rule_count(engine, NULL) == WEIR_INVALID);
  CHECK(weir_engine_rule(engine, 0, NULL) == WEIR_INVALID);
  rule.size = sizeof rule;
  CHECK(weir_engine_rule(engine, (size_t)-1, &rule) == WEIR_INVALID);
  rule.size = 3;
  CHECK(weir_engine_rule(engine, 0, &rule) == WEIR_INVALID);
  counters.size = 0;
  CHECK(weir_engine_counters(engine, &counters) == WEIR_INVALID);
  CHECK(weir_engine_counters(engine, NULL) == WEIR_INVALID);

  broken.size = 5;
  CHECK(weir_engine_open(&other, &broken) == WEIR_INVALID && other == NULL);
  broken.size = sizeof broken + 8;
  CHECK(weir_engine_open(&other, &broken) == WEIR_INVALID && other == NULL);
  broken.size = sizeof broken;
  broken.mask = WEIR_MASK_HASH;
  CHECK(weir_engine_open(&other, &broken) == WEIR_INVALID && other == NULL);
  broken.mask = (weir_mask)9;
  CHECK(weir_engine_open(&other, &broken) == WEIR_INVALID && other == NULL);
  broken.mask = WEIR_MASK_RULE;
  broken.min_confidence = (weir_confidence)9;
  CHECK(weir_engine_open(&other, &broken) == WEIR_INVALID && other == NULL);
  broken.min_confidence = WEIR_MEDIUM;
  broken.key = "short", broken.key_bytes = 5;
  CHECK(weir_engine_open(&other, &broken) == WEIR_INVALID && other == NULL);
  broken.key_bytes = (size_t)-1;
  CHECK(weir_engine_open(&other, &broken) == WEIR_INVALID && other == NULL);
  broken.key = NULL, broken.key_bytes = 0;
  broken.rules = "no.such-rule";
  CHECK(weir_engine_open(&other, &broken) == WEIR_NO_RULE && other == NULL);
  broken.rules = NULL, broken.packs = "no-such-pack";
  CHECK(weir_engine_open(&other, &broken) == WEIR_NO_RULE && other == NULL);
  broken.packs = NULL, broken.rules = "github.*", broken.without_rules = "github.*";
  CHECK(weir_engine_open(&other, &broken) == WEIR_NO_RULE && other == NULL);

  CHECK(weir_record_redact(NULL, record, 8, output, 64, &count, NULL) == WEIR_INVALID);
  CHECK(weir_record_redact(engine, NULL, 8, output, 64, &count, NULL) == WEIR_INVALID);
  CHECK(weir_record_redact(engine, record, 8, NULL, 64, &count, NULL) == WEIR_INVALID);
  CHECK(weir_record_redact(engine, record, 8, output, 64, NULL, NULL) == WEIR_INVALID);
  CHECK(weir_record_redact(engine, record, 8, record, 64, &count, NULL) == WEIR_INVALID);
  CHECK(weir_record_redact(engine, record, 8, record + 7, 57, &count, NULL) == WEIR_INVALID);
  CHECK(weir_record_redact(engine, record, (size_t)-1, output, 64, &count, NULL) == WEIR_INVALID);
  CHECK(weir_record_redact(engine, NULL, 0, NULL, 0, &count, NULL) == WEIR_OK && count == 0);
  CHECK(weir_record_redact(engine, record, 8, NULL, 0, &count, NULL) == WEIR_TOO_SMALL && count == 8);
  CHECK(weir_record_scan(engine, record, 8, NULL, sizeof finding, 1, &count) == WEIR_INVALID);
  CHECK(weir_record_scan(engine, record, 8, &finding, 1, 1, &count) == WEIR_INVALID);
  CHECK(weir_record_scan(engine, record, 8, &finding, sizeof finding, 1, NULL) == WEIR_INVALID);
  CHECK(weir_record_scan(engine, record, 8, NULL, sizeof finding, 0, &count) == WEIR_OK && count == 0);
  slice.bytes = record, slice.byte_count = 8;
  CHECK(weir_records_redact(engine, NULL, 1, output, 64, &count, &done, NULL) == WEIR_INVALID);
  CHECK(weir_records_redact(engine, &slice, 1, output, 64, NULL, &done, NULL) == WEIR_INVALID);
  CHECK(weir_records_redact(engine, &slice, 1, output, 64, &count, NULL, NULL) == WEIR_INVALID);
  CHECK(weir_records_redact(engine, &slice, 1, record + 4, 60, &count, &done, NULL) == WEIR_INVALID);
  CHECK(weir_records_redact(engine, &slice, 1, output, 7, &count, &done, NULL) == WEIR_TOO_SMALL && done == 0);
  CHECK(weir_records_redact(engine, NULL, 0, NULL, 0, NULL, &done, NULL) == WEIR_OK && done == 0);

  CHECK(weir_stream_open(NULL, NULL, &stream) == WEIR_INVALID);
  CHECK(weir_stream_open(engine, NULL, NULL) == WEIR_INVALID);
  options.mode = (weir_mode)5;
  CHECK(weir_stream_open(engine, &options, &stream) == WEIR_INVALID);
  CHECK(weir_stream_write(NULL, "x", 1, NULL) == WEIR_INVALID);
  CHECK(weir_stream_flush(NULL) == WEIR_INVALID);
  CHECK(weir_stream_finish(NULL) == WEIR_INVALID);
  CHECK(weir_stream_abort(NULL) == WEIR_INVALID);
  CHECK(weir_stream_free(NULL) == WEIR_OK);
  receipt.size = sizeof receipt;
  CHECK(weir_stream_receipt(NULL, &receipt) == WEIR_INVALID);
  CHECK(weir_stream_footprint_bytes(NULL, &count) == WEIR_INVALID);
  CHECK(weir_stream_open(engine, NULL, &stream) == WEIR_OK);
  CHECK(weir_stream_write(stream, NULL, 1, NULL) == WEIR_INVALID);
  CHECK(weir_stream_write(stream, NULL, 0, NULL) == WEIR_OK);
  CHECK(weir_stream_write(stream, "x", (size_t)-1, NULL) == WEIR_INVALID);
  CHECK(weir_stream_read(stream, NULL, 1, &count) == WEIR_INVALID);
  CHECK(weir_stream_read(stream, output, 64, NULL) == WEIR_INVALID);
  finding.size = 0;
  CHECK(weir_stream_finding(stream, &finding, &flag) == WEIR_INVALID);
  CHECK(weir_stream_finding(stream, NULL, &flag) == WEIR_INVALID);
  receipt.size = 1;
  CHECK(weir_stream_receipt(stream, &receipt) == WEIR_INVALID);
  CHECK(weir_stream_footprint_bytes(stream, NULL) == WEIR_INVALID);
  CHECK(weir_stream_free(stream) == WEIR_OK);

  options.mode = WEIR_REDACT;
  options.most_waiting_bytes = (size_t)-1;
  CHECK(weir_stream_open(engine, &options, &stream) == WEIR_OK);
  CHECK(weir_stream_write(stream, "x", 1, NULL) == WEIR_OK && weir_stream_free(stream) == WEIR_OK);
  options.most_waiting_bytes = 0;
  options.output = call_back;
  CHECK(weir_stream_open(engine, &options, &inside) == WEIR_OK);
  CHECK(weir_stream_write(inside, "line\n", 5, NULL) == WEIR_OK);
  CHECK(weir_stream_finish(inside) == WEIR_OK);
  CHECK(callbacks > 0);
  CHECK(weir_stream_free(inside) == WEIR_OK);
}

/* Which calls are in order, as the header has it. */
static void orders(weir_engine *engine, unsigned rounds) {
  weir_stream_options options = WEIR_STREAM_OPTIONS;
  unsigned round;
  options.pulls_findings = 1;
  options.most_waiting_bytes = 64;
  for (round = 0; round < rounds; round++) {
    weir_stream *stream;
    weir_receipt receipt;
    weir_finding finding;
    uint64_t taken_all = 0, read_all = 0;
    uint32_t flag;
    int is_open = 1, calls = 1 + (int)dice(30);
    char bytes[256], output[256];
    receipt.size = sizeof receipt;
    finding.size = sizeof finding;
    CHECK(weir_stream_open(engine, &options, &stream) == WEIR_OK);
    while (calls-- > 0) {
      size_t count, taken = 77, index;
      weir_status status;
      switch (dice(9)) {
      case 0: case 1: case 2: case 3:
        count = dice(sizeof bytes);
        for (index = 0; index < count; index++) bytes[index] = "k=\"secret: token\npassword='Zx9"[dice(30)];
        status = weir_stream_write(stream, bytes, count, &taken);
        CHECK(is_open ? status == WEIR_OK || status == WEIR_FULL : status == WEIR_ORDER);
        CHECK(status == WEIR_OK ? taken == count : taken <= count);
        if (!is_open) CHECK(taken == 0);
        taken_all += taken;
        break;
      case 4: CHECK(weir_stream_flush(stream) == (is_open ? WEIR_OK : WEIR_ORDER)); break;
      case 5:
        CHECK(weir_stream_read(stream, output, dice(sizeof output), &count) == WEIR_OK);
        read_all += count;
        break;
      case 6: CHECK(weir_stream_finding(stream, &finding, &flag) == WEIR_OK && flag <= 1); break;
      case 7:
        if (dice(4) > 0) break;
        CHECK(weir_stream_finish(stream) == (is_open ? WEIR_OK : WEIR_ORDER));
        is_open = 0;
        break;
      case 8:
        if (dice(8) > 0) break;
        CHECK(weir_stream_abort(stream) == (is_open ? WEIR_OK : WEIR_ORDER));
        is_open = 0;
        break;
      }
      CHECK(is_known(weir_stream_receipt(stream, &receipt)));
      CHECK(receipt.taken_bytes == taken_all && receipt.delivered_bytes == read_all);
      CHECK(receipt.scanned_bytes == taken_all);
      CHECK(receipt.clean_bytes + receipt.masked_bytes + receipt.withheld_bytes == taken_all);
      CHECK(receipt.delivered_bytes + receipt.waiting_bytes == receipt.clean_bytes + receipt.mask_text_bytes);
    }
    CHECK(weir_stream_free(stream) == WEIR_OK);
  }
}

int main(int argc, char **argv) {
  weir_engine *engine;
  unsigned rounds = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 20000;
  state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
  CHECK(weir_abi_version() == WEIR_ABI_VERSION);
  CHECK(weir_engine_open(&engine, NULL) == WEIR_OK);
  nulls(engine);
  orders(engine, rounds);
  CHECK(weir_engine_free(engine) == WEIR_OK);
  printf("%u sequences\n", rounds);
  return 0;
}
