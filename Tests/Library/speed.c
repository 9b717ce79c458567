/* How fast records pass, one by one and many to a call, and lines through a stream; beside a copy of the bytes, in the same run.
 *
 *     speed LOG [SECONDS]     records of 200 bytes are cut from the log
 */
#define _POSIX_C_SOURCE 200809L
#include <weir.h>

#include <time.h>

#include "check.h"

enum { RECORD = 200, BATCH = 256 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static size_t sum;
static void add(void *context, const void *bytes, size_t count) {
  (void)context;
  if (count > 0) sum += count + *(const unsigned char *)bytes;
}

int main(int argc, char **argv) {
  double seconds = argc > 2 ? strtod(argv[2], NULL) : 1, start, spent;
  size_t log_bytes, records, index, done, count, calls;
  unsigned char *log, output[BATCH * (RECORD + 100)];
  size_t ends[BATCH];
  weir_slice slices[BATCH];
  weir_engine *engine;
  weir_stream *stream;
  weir_stream_options options = WEIR_STREAM_OPTIONS;
  FILE *file;
  CHECK(argc > 1);
  file = fopen(argv[1], "rb");
  CHECK(file != NULL);
  log = (unsigned char *)malloc(64 << 20);
  CHECK(log != NULL);
  log_bytes = fread(log, 1, 64 << 20, file);
  fclose(file);
  records = log_bytes / RECORD / BATCH * BATCH;
  CHECK(records > 0);
  CHECK(weir_engine_open(&engine, NULL) == WEIR_OK);

  for (calls = 0, start = now(); (spent = now() - start) < seconds; calls += records) {
    for (index = 0; index < records; index++) {
      memcpy(output, log + index * RECORD, RECORD);
      add(NULL, output, RECORD);
    }
  }
  printf("copied           %6.2f million records a second\n", (double)calls / spent / 1e6);

  for (calls = 0, start = now(); (spent = now() - start) < seconds; calls += records) {
    for (index = 0; index < records; index++) {
      CHECK(weir_record_redact(engine, log + index * RECORD, RECORD, output, sizeof output, &count, NULL) == WEIR_OK);
    }
  }
  printf("one by one       %6.2f\n", (double)calls / spent / 1e6);

  for (calls = 0, start = now(); (spent = now() - start) < seconds; calls += records) {
    for (index = 0; index < records; index += BATCH) {
      for (count = 0; count < BATCH; count++) {
        slices[count].bytes = log + (index + count) * RECORD;
        slices[count].byte_count = RECORD;
      }
      CHECK(weir_records_redact(engine, slices, BATCH, output, sizeof output, ends, &done, NULL) == WEIR_OK);
      CHECK(done == BATCH);
    }
  }
  printf("%d to a call    %6.2f\n", BATCH, (double)calls / spent / 1e6);

  options.output = add;
  CHECK(weir_stream_open(engine, &options, &stream) == WEIR_OK);
  for (calls = 0, start = now(); (spent = now() - start) < seconds;) {
    const unsigned char *line = log, *end = log + log_bytes;
    while (line < end) {
      const unsigned char *feed = (const unsigned char *)memchr(line, '\n', (size_t)(end - line));
      const unsigned char *next = feed == NULL ? end : feed + 1;
      CHECK(weir_stream_write(stream, line, (size_t)(next - line), NULL) == WEIR_OK);
      line = next;
      calls++;
    }
  }
  CHECK(weir_stream_finish(stream) == WEIR_OK && weir_stream_free(stream) == WEIR_OK);
  printf("lines, a stream  %6.2f\n", (double)calls / spent / 1e6);
  CHECK(weir_engine_free(engine) == WEIR_OK);
  free(log);
  return sum == 1;
}
