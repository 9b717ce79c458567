// What Hyperscan alone needs for the same bytes and the same database: no window, no verdict, no output.
//
//     raw_hyperscan DATABASE INPUT [THREADS [BLOCK-BYTES]]
//
// Reads all of the input into memory, then scans it in blocks (128 KiB), block mode, without overlap, and counts
// matches. Threads take the next block in turn. One JSON line.

#include <errno.h>
#include <hs.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { most_threads = 64 };

static void fail(const char *what, const char *why) {
  fprintf(stderr, "raw_hyperscan: %s: %s\n", what, why);
  exit(2);
}

static char *read_file(const char *path, size_t *size_bytes) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) fail(path, strerror(errno));
  long end = ftell(file);
  rewind(file);
  if (end < 0) fail(path, strerror(errno));
  char *bytes = malloc((size_t)end + 1);
  if (!bytes) fail(path, "no memory");
  if (fread(bytes, 1, (size_t)end, file) != (size_t)end) fail(path, "short read");
  fclose(file);
  *size_bytes = (size_t)end;
  return bytes;
}

static int count_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                       void *context) {
  (void)id, (void)from, (void)to, (void)flags;
  ++*(unsigned long long *)context;
  return 0;
}

static double wall_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double processor_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double user_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

struct scan {
  const hs_database_t *database;
  const char *input, *name;
  size_t input_bytes, block_bytes;
  atomic_size_t next;
};

struct worker {
  struct scan *scan;
  hs_scratch_t *scratch;
  unsigned long long matches;
  pthread_t thread;
};

static void *work(void *context) {
  struct worker *worker = context;
  struct scan *scan = worker->scan;
  unsigned long long matches = 0;
  for (;;) {
    size_t start = atomic_fetch_add(&scan->next, scan->block_bytes);
    if (start >= scan->input_bytes) break;
    size_t rest = scan->input_bytes - start;
    unsigned count = (unsigned)(rest < scan->block_bytes ? rest : scan->block_bytes);
    if (hs_scan(scan->database, scan->input + start, count, 0, worker->scratch, count_match,
                &matches) != HS_SUCCESS)
      fail(scan->name, "hs_scan failed");
  }
  worker->matches = matches;
  return NULL;
}

int main(int argc, char **argv) {
  if (argc < 3) fail("usage", "raw_hyperscan DATABASE INPUT [THREADS [BLOCK-BYTES]]");
  int threads = argc > 3 ? atoi(argv[3]) : 1;
  long block_bytes = argc > 4 ? atol(argv[4]) : 128 * 1024;
  if (threads < 1 || threads > most_threads || block_bytes < 1) fail("usage", "no such count");

  size_t serialized_bytes;
  struct scan scan = {.name = argv[2], .block_bytes = (size_t)block_bytes};
  char *serialized = read_file(argv[1], &serialized_bytes);
  char *input = read_file(argv[2], &scan.input_bytes);
  scan.input = input;

  hs_database_t *database = NULL;
  if (hs_deserialize_database(serialized, serialized_bytes, &database) != HS_SUCCESS)
    fail(argv[1], "no database of this library and processor");
  scan.database = database;
  struct worker workers[most_threads] = {0};
  for (int i = 0; i < threads; i++) {
    workers[i].scan = &scan;
    if (hs_alloc_scratch(database, &workers[i].scratch) != HS_SUCCESS) fail("scratch", "not allocated");
  }

  double wall = wall_seconds(), user = user_seconds(), processor = processor_seconds();
  for (int i = 1; i < threads; i++)
    if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) fail("thread", "not started");
  work(&workers[0]);
  unsigned long long matches = workers[0].matches;
  for (int i = 1; i < threads; i++) {
    pthread_join(workers[i].thread, NULL);
    matches += workers[i].matches;
  }
  wall = wall_seconds() - wall;
  user = user_seconds() - user;
  processor = processor_seconds() - processor;
  printf("{\"bytes\": %zu, \"matches\": %llu, \"wall_s\": %.6f, \"user_s\": %.6f, "
         "\"processor_s\": %.6f}\n",
         scan.input_bytes, matches, wall, user, processor);

  for (int i = 0; i < threads; i++) hs_free_scratch(workers[i].scratch);
  hs_free_database(database);
  free(input);
  free(serialized);
  return 0;
}
