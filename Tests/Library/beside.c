/* A program that has a Hyperscan of its own, with an allocator of its own, beside the one within libweir: both are right in turn and at
 * once, and neither takes memory from the other's allocator.
 *
 *     beside VECTORS
 */
#define _POSIX_C_SOURCE 200809L
#include <hs.h>
#include <pthread.h>
#include <weir.h>

#include "vectors.h"

enum { THREADS = 4, ROUNDS = 50 };

static const vector *vectors;
static size_t vector_count;

/* What the program's allocator gave begins with a mark; anything else that comes back is not its own. */
typedef union head { size_t mark; char aligned[64]; } head;

static const size_t given = 0x57454952, taken_back = 0x4F564552;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static size_t call_count, live_count;
static int refuses;

static void *allocate(size_t count) {
  head *block;
  int is_refused;
  pthread_mutex_lock(&lock);
  call_count++;
  is_refused = refuses;
  if (!is_refused) live_count++;
  pthread_mutex_unlock(&lock);
  if (is_refused) return NULL;
  block = (head *)room(sizeof *block + count);
  block->mark = given;
  return block + 1;
}

static void release(void *memory) {
  head *block;
  if (memory == NULL) return;
  block = (head *)memory - 1;
  CHECK(block->mark == given);
  block->mark = taken_back;
  pthread_mutex_lock(&lock);
  call_count++;
  live_count--;
  pthread_mutex_unlock(&lock);
  free(block);
}

static size_t calls(void) {
  size_t count;
  pthread_mutex_lock(&lock);
  count = call_count;
  pthread_mutex_unlock(&lock);
  return count;
}

/* The program's own: places behind three small letters. */
static hs_database_t *compile(unsigned mode) {
  hs_database_t *database;
  hs_compile_error_t *error;
  CHECK(hs_compile("[a-z]{3}", 0, mode, NULL, &database, &error) == HS_SUCCESS);
  CHECK(((head *)database)[-1].mark == given);
  return database;
}

static int count_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
  (void)id, (void)from, (void)to, (void)flags;
  *(size_t *)context += 1;
  return 0;
}

static size_t expected_count(const vector *vector) {
  size_t count = 0, run = 0, index;
  for (index = 0; index < vector->input_bytes; index++) {
    run = vector->input[index] >= 'a' && vector->input[index] <= 'z' ? run + 1 : 0;
    count += run >= 3;
  }
  return count;
}

typedef struct scanner {
  hs_database_t *block, *streaming;
  hs_scratch_t *scratch;
} scanner;

static scanner open_scanner(void) {
  scanner own = {NULL, NULL, NULL};
  own.block = compile(HS_MODE_BLOCK);
  own.streaming = compile(HS_MODE_STREAM);
  CHECK(hs_alloc_scratch(own.block, &own.scratch) == HS_SUCCESS && hs_alloc_scratch(own.streaming, &own.scratch) == HS_SUCCESS);
  return own;
}

static void close_scanner(scanner own) {
  CHECK(hs_free_scratch(own.scratch) == HS_SUCCESS);
  CHECK(hs_free_database(own.block) == HS_SUCCESS && hs_free_database(own.streaming) == HS_SUCCESS);
}

static void own_block(const scanner *own, const vector *vector) {
  size_t count = 0;
  CHECK(hs_scan(own->block, (const char *)vector->input, vector->input_bytes, 0, own->scratch, count_match, &count) == HS_SUCCESS);
  CHECK(count == expected_count(vector));
}

static void weir_record(weir_engine *engine, const vector *vector) {
  unsigned char *output = (unsigned char *)room(vector->redacted_bytes);
  size_t count, finding_count;
  CHECK(weir_record_redact(engine, vector->input, vector->input_bytes, output, vector->redacted_bytes, &count, &finding_count) == WEIR_OK);
  CHECK(count == vector->redacted_bytes && memcmp(output, vector->redacted, count) == 0);
  CHECK(finding_count == vector->finding_count);
  free(output);
}

/* A stream of each, both open at once, with a piece to the one and a piece to the other. */
static void both_streams(weir_engine *engine, const scanner *own, const vector *vector) {
  hs_stream_t *own_stream;
  weir_stream *stream;
  size_t place, end, count = 0;
  weir_receipt receipt;
  weir_stream_options options = WEIR_STREAM_OPTIONS;
  options.mode = WEIR_SCAN;
  CHECK(hs_open_stream(own->streaming, 0, &own_stream) == HS_SUCCESS);
  CHECK(weir_stream_open(engine, &options, &stream) == WEIR_OK);
  for (place = 0; place < vector->input_bytes; place = end) {
    end = place + 7 < vector->input_bytes ? place + 7 : vector->input_bytes;
    CHECK(hs_scan_stream(own_stream, (const char *)vector->input + place, (unsigned)(end - place), 0, own->scratch, count_match, &count) ==
          HS_SUCCESS);
    CHECK(weir_stream_write(stream, vector->input + place, end - place, NULL) == WEIR_OK);
  }
  CHECK(hs_close_stream(own_stream, own->scratch, count_match, &count) == HS_SUCCESS && count == expected_count(vector));
  CHECK(weir_stream_finish(stream) == WEIR_OK);
  receipt.size = sizeof receipt;
  CHECK(weir_stream_receipt(stream, &receipt) == WEIR_OK && receipt.finding_count == vector->finding_count);
  CHECK(weir_stream_free(stream) == WEIR_OK);
}

static void *both(void *engine) {
  scanner own = open_scanner();
  size_t index, round;
  for (round = 0; round < ROUNDS; round++) {
    for (index = 0; index < vector_count; index++) {
      own_block(&own, &vectors[index]);
      weir_record((weir_engine *)engine, &vectors[index]);
      both_streams((weir_engine *)engine, &own, &vectors[index]);
    }
  }
  close_scanner(own);
  return NULL;
}

/* An engine from its opening to its end, and not one call of the program's allocator, also when that has nothing to give. */
static void weir_alone(void) {
  weir_engine *engine;
  scanner own;
  hs_scratch_t *none = NULL;
  size_t index, before = calls();
  CHECK(weir_engine_open(&engine, NULL) == WEIR_OK);
  for (index = 0; index < vector_count; index++) weir_record(engine, &vectors[index]);
  CHECK(weir_engine_free(engine) == WEIR_OK);
  CHECK(calls() == before);

  own = open_scanner();
  CHECK(calls() > before);
  refuses = 1;
  CHECK(hs_alloc_scratch(own.block, &none) == HS_NOMEM);
  before = calls();
  CHECK(weir_engine_open(&engine, NULL) == WEIR_OK);
  for (index = 0; index < vector_count; index++) weir_record(engine, &vectors[index]);
  CHECK(weir_engine_free(engine) == WEIR_OK);
  CHECK(calls() == before);
  refuses = 0;
  close_scanner(own);
  CHECK(live_count == 0);
}

int main(int argc, char **argv) {
  weir_engine *engine;
  pthread_t threads[THREADS];
  size_t index;
  CHECK(argc == 2);
  vectors = read_vectors(argv[1], &vector_count);

  /* An engine that was open before the allocator was another one, and one after it. */
  CHECK(weir_engine_open(&engine, NULL) == WEIR_OK);
  weir_record(engine, &vectors[0]);
  CHECK(hs_set_allocator(allocate, release) == HS_SUCCESS);
  weir_alone();
  for (index = 0; index < THREADS; index++) CHECK(pthread_create(&threads[index], NULL, both, engine) == 0);
  for (index = 0; index < THREADS; index++) CHECK(pthread_join(threads[index], NULL) == 0);
  CHECK(weir_engine_free(engine) == WEIR_OK);
  CHECK(live_count == 0 && call_count > 0);
  printf("with Hyperscan %s, %u calls of its allocator\n", hs_version(), (unsigned)call_count);
  free_vectors((vector *)vectors, vector_count);
  return 0;
}
