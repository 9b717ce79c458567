/* Ten thousand streams open at once, their lines interleaved at random; records and streams on several threads; a fork in the midst of
 * it; new rules while streams are open.
 *
 *     many VECTORS
 */
#define _POSIX_C_SOURCE 200809L
#include <weir.h>

#include <malloc.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vectors.h"

enum { STREAMS = 10000, THREADS = 4, ROUNDS = 300 };

static const vector *vectors;
static size_t vector_count;

typedef struct one {
  weir_stream *stream;
  const vector *vector;
  size_t written;
  unsigned char *output;
  size_t output_bytes;
  uint32_t finding_count;
} one;

static void append(void *context, const void *bytes, size_t count) {
  one *stream = (one *)context;
  CHECK(stream->output_bytes + count <= stream->vector->redacted_bytes);
  memcpy(stream->output + stream->output_bytes, bytes, count);
  stream->output_bytes += count;
}

static void found(void *context, const weir_finding *finding) {
  one *stream = (one *)context;
  const expected_finding *expected = &stream->vector->findings[stream->finding_count++];
  CHECK(stream->finding_count <= stream->vector->finding_count);
  CHECK(finding->start == expected->start && finding->end == expected->end);
  CHECK(strcmp(finding->rule, expected->rule) == 0);
}

static void interleave(weir_engine *engine) {
  one *all = (one *)room(STREAMS * sizeof(one));
  size_t open = STREAMS, index, before, taken, largest = 0, idle_count = 0;
  srand(7);
  before = mallinfo2().uordblks;
  for (index = 0; index < STREAMS; index++) {
    weir_stream_options options = WEIR_STREAM_OPTIONS;
    all[index].vector = &vectors[index % vector_count];
    all[index].written = all[index].output_bytes = all[index].finding_count = 0;
    all[index].output = (unsigned char *)room(all[index].vector->redacted_bytes);
    options.output = append;
    options.finding = found;
    options.context = &all[index];
    CHECK(weir_stream_open(engine, &options, &all[index].stream) == WEIR_OK);
    before += malloc_usable_size(all[index].output);
  }
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  taken = 0; /* their malloc counts nothing */
#else
  taken = (mallinfo2().uordblks - before) / STREAMS;
#endif
  CHECK(taken <= 2048);
  while (open > 0) {
    one *next = &all[rand() % STREAMS];
    size_t rest, count;
    if (next->stream == NULL) {
      /* Most are over: the next one that is not. */
      while (next->stream == NULL) next = next == &all[STREAMS - 1] ? all : next + 1;
    }
    rest = next->vector->input_bytes - next->written;
    if (rest > 0) {
      const unsigned char *start = next->vector->input + next->written;
      const unsigned char *line = (const unsigned char *)memchr(start, '\n', rest);
      size_t footprint;
      count = line == NULL ? rest : (size_t)(line - start) + 1;
      if (rand() % 3 == 0) count = 1 + (size_t)rand() % count;
      CHECK(weir_stream_write(next->stream, start, count, NULL) == WEIR_OK);
      next->written += count;
      CHECK(weir_stream_footprint_bytes(next->stream, &footprint) == WEIR_OK);
      if (start[count - 1] == '\n' && footprint < 20000) {
        idle_count++;
        if (footprint > largest) largest = footprint;
      }
      continue;
    }
    CHECK(weir_stream_finish(next->stream) == WEIR_OK);
    CHECK(next->output_bytes == next->vector->redacted_bytes);
    CHECK(memcmp(next->output, next->vector->redacted, next->output_bytes) == 0);
    CHECK(next->finding_count == next->vector->finding_count);
    CHECK(weir_stream_free(next->stream) == WEIR_OK);
    next->stream = NULL;
    free(next->output);
    open--;
  }
  CHECK(idle_count > STREAMS && largest <= 2048);
  printf("%u streams of %u bytes each by malloc; idle at a line's end at most %u\n", STREAMS, (unsigned)taken,
         (unsigned)largest);
  free(all);
}

static void check_records(weir_engine *engine, unsigned rounds) {
  unsigned round;
  for (round = 0; round < rounds; round++) {
    const vector *expected = &vectors[round % vector_count];
    unsigned char *output = (unsigned char *)room(expected->redacted_bytes);
    size_t count, finding_count;
    CHECK(weir_record_redact(engine, expected->input, expected->input_bytes, output, expected->redacted_bytes, &count,
                             &finding_count) == WEIR_OK);
    CHECK(count == expected->redacted_bytes && memcmp(output, expected->redacted, count) == 0);
    CHECK(finding_count == expected->finding_count);
    free(output);
  }
}

static void *records_of_thread(void *engine) {
  check_records((weir_engine *)engine, ROUNDS);
  return NULL;
}

static weir_stream *shared;
static unsigned refused[THREADS];

static void *writes_of_thread(void *number) {
  unsigned round;
  for (round = 0; round < ROUNDS; round++) {
    weir_status status = weir_stream_write(shared, "a line of a log, and nothing in it\n", 35, NULL);
    CHECK(status == WEIR_OK || status == WEIR_BUSY);
    if (status == WEIR_BUSY) refused[*(unsigned *)number]++;
  }
  return NULL;
}

static void discard(void *context, const void *bytes, size_t count) { (void)context, (void)bytes, (void)count; }

static void threads(weir_engine *engine) {
  pthread_t ids[THREADS];
  unsigned numbers[THREADS], index, round, all_refused = 0;
  weir_stream_options options = WEIR_STREAM_OPTIONS;
  weir_receipt receipt;
  weir_counters counters;
  pid_t child;
  int status;
  for (index = 0; index < THREADS; index++) {
    CHECK(pthread_create(&ids[index], NULL, records_of_thread, engine) == 0);
  }
  /* The child has one thread, and an engine in the midst of whatever the others did. */
  child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    check_records(engine, ROUNDS);
    _exit(0);
  }
  for (round = 0; round < 50; round++) {
    weir_engine_options rules = WEIR_ENGINE_OPTIONS;
    CHECK(weir_engine_reload(engine, &rules, round % 2 == 0 ? WEIR_RELOAD_NEW : WEIR_RELOAD_AT_LINE) == WEIR_OK);
  }
  for (index = 0; index < THREADS; index++) CHECK(pthread_join(ids[index], NULL) == 0);
  CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
  counters.size = sizeof counters;
  CHECK(weir_engine_counters(engine, &counters) == WEIR_OK);
  CHECK(counters.record_count == THREADS * ROUNDS && counters.open_stream_count == 0);

  options.output = discard;
  CHECK(weir_stream_open(engine, &options, &shared) == WEIR_OK);
  for (index = 0; index < THREADS; index++) {
    numbers[index] = index;
    CHECK(pthread_create(&ids[index], NULL, writes_of_thread, &numbers[index]) == 0);
  }
  for (index = 0; index < THREADS; index++) {
    CHECK(pthread_join(ids[index], NULL) == 0);
    all_refused += refused[index];
  }
  receipt.size = sizeof receipt;
  CHECK(weir_stream_receipt(shared, &receipt) == WEIR_OK);
  CHECK(receipt.taken_bytes == 35u * (THREADS * ROUNDS - all_refused));
  CHECK(weir_stream_finish(shared) == WEIR_OK && weir_stream_free(shared) == WEIR_OK);
  printf("%u records on %u threads, a fork, 50 reloads; %u writes to one stream refused\n", THREADS * ROUNDS, THREADS,
         all_refused);
}

/* Open streams move on at a line's end, not in the midst of a line, and not before it is asked for. */
static void reload(weir_engine *engine) {
  weir_engine_options stars = WEIR_ENGINE_OPTIONS;
  weir_stream *stays, *moves;
  const vector *vector = NULL;
  size_t index, before, count;
  char output[4096];
  stars.mask = WEIR_MASK_STARS;
  for (index = 0; index < vector_count && vector == NULL; index++) {
    if (vectors[index].finding_count > 0 && vectors[index].input[vectors[index].input_bytes - 1] == '\n') {
      vector = &vectors[index];
    }
  }
  CHECK(vector != NULL && 2 * vector->redacted_bytes < sizeof output);
  CHECK(weir_stream_open(engine, NULL, &stays) == WEIR_OK);
  CHECK(weir_stream_write(stays, vector->input, vector->input_bytes, NULL) == WEIR_OK);
  CHECK(weir_engine_reload(engine, &stars, WEIR_RELOAD_NEW) == WEIR_OK);
  CHECK(weir_stream_write(stays, vector->input, vector->input_bytes, NULL) == WEIR_OK);
  CHECK(weir_stream_finish(stays) == WEIR_OK);
  CHECK(weir_stream_read(stays, output, sizeof output, &count) == WEIR_OK);
  CHECK(count == 2 * vector->redacted_bytes);
  CHECK(memcmp(output + vector->redacted_bytes, vector->redacted, vector->redacted_bytes) == 0);
  CHECK(weir_stream_free(stays) == WEIR_OK);

  CHECK(weir_engine_reload(engine, NULL, WEIR_RELOAD_NEW) == WEIR_OK);
  CHECK(weir_stream_open(engine, NULL, &moves) == WEIR_OK);
  CHECK(weir_stream_write(moves, "no line", 7, NULL) == WEIR_OK);
  CHECK(weir_engine_reload(engine, &stars, WEIR_RELOAD_AT_LINE) == WEIR_OK);
  CHECK(weir_stream_write(moves, " yet\n", 5, NULL) == WEIR_OK);
  before = 12;
  CHECK(weir_stream_write(moves, vector->input, vector->input_bytes, NULL) == WEIR_OK);
  CHECK(weir_stream_finish(moves) == WEIR_OK);
  CHECK(weir_stream_read(moves, output, sizeof output, &count) == WEIR_OK);
  CHECK(count == before + vector->input_bytes && memcmp(output, "no line yet\n", before) == 0);
  CHECK(strstr(output, "****") != NULL && memcmp(output + before, vector->input, vector->input_bytes) != 0);
  CHECK(weir_stream_free(moves) == WEIR_OK);
  CHECK(weir_engine_reload(engine, NULL, WEIR_RELOAD_NEW) == WEIR_OK);
}

/* Streams with open secrets have a budget; who gets none of it loses nothing. */
static void budget(void) {
  weir_engine_options options = WEIR_ENGINE_OPTIONS;
  weir_engine *engine;
  weir_stream *first, *second;
  const char *begin = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA";
  size_t taken;
  options.most_memory_bytes = 1;
  CHECK(weir_engine_open(&engine, &options) == WEIR_OK);
  CHECK(weir_stream_open(engine, NULL, &first) == WEIR_OK && weir_stream_open(engine, NULL, &second) == WEIR_OK);
  CHECK(weir_stream_write(first, begin, strlen(begin), NULL) == WEIR_OK);
  CHECK(weir_stream_write(second, "a line\n", 7, &taken) == WEIR_BUDGET && taken == 0);
  CHECK(weir_stream_abort(first) == WEIR_OK);
  CHECK(weir_stream_write(second, "a line\n", 7, &taken) == WEIR_OK && taken == 7);
  CHECK(weir_stream_free(first) == WEIR_OK && weir_stream_free(second) == WEIR_OK);
  CHECK(weir_engine_free(engine) == WEIR_OK);
}

int main(int argc, char **argv) {
  weir_engine *engine;
  vector *all;
  CHECK(argc == 2);
  all = read_vectors(argv[1], &vector_count);
  vectors = all;
  CHECK(weir_engine_open(&engine, NULL) == WEIR_OK);
  reload(engine);
  budget();
  interleave(engine);
  CHECK(weir_engine_free(engine) == WEIR_OK);
  CHECK(weir_engine_open(&engine, NULL) == WEIR_OK);
  threads(engine);
  CHECK(weir_engine_free(engine) == WEIR_OK);
  free_vectors(all, vector_count);
  return 0;
}
