// What Hyperscan alone needs for the same bytes and the same database: no window, no verdict, no output.
//
//     raw_hyperscan DATABASE INPUT [ROUNDS]
//
// Reads all of the input into memory, then scans it in blocks of 128 KiB, block mode, without overlap, and counts
// matches. One JSON line for each round, so that a reader sees the spread.

#include <errno.h>
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { block_bytes = 128 * 1024 };

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

static double user_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

int main(int argc, char **argv) {
  if (argc < 3) fail("usage", "raw_hyperscan DATABASE INPUT [ROUNDS]");
  int rounds = argc > 3 ? atoi(argv[3]) : 1;

  size_t serialized_bytes, input_bytes;
  char *serialized = read_file(argv[1], &serialized_bytes);
  char *input = read_file(argv[2], &input_bytes);

  hs_database_t *database = NULL;
  hs_scratch_t *scratch = NULL;
  if (hs_deserialize_database(serialized, serialized_bytes, &database) != HS_SUCCESS)
    fail(argv[1], "no database of this library and processor");
  if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) fail("scratch", "not allocated");

  for (int round = 0; round < rounds; round++) {
    unsigned long long matches = 0;
    double wall = wall_seconds(), user = user_seconds();
    for (size_t start = 0; start < input_bytes; start += block_bytes) {
      size_t rest = input_bytes - start;
      unsigned count = (unsigned)(rest < block_bytes ? rest : block_bytes);
      if (hs_scan(database, input + start, count, 0, scratch, count_match, &matches) != HS_SUCCESS)
        fail(argv[2], "hs_scan failed");
    }
    wall = wall_seconds() - wall;
    user = user_seconds() - user;
    printf("{\"bytes\": %zu, \"matches\": %llu, \"wall_s\": %.6f, \"user_s\": %.6f, "
           "\"ns\": %.0f, \"gb_per_s\": %.3f}\n",
           input_bytes, matches, wall, user, wall * 1e9, (double)input_bytes / wall / 1e9);
  }

  hs_free_scratch(scratch);
  hs_free_database(database);
  free(input);
  free(serialized);
  return 0;
}
