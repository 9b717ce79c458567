// What Linux has and Swift's Glibc module does not show.
#ifndef WEIR_SYSTEM_H
#define WEIR_SYSTEM_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <malloc.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/xattr.h>
#include <unistd.h>

/// The number of processors that this process may use; 0 when the system does not say.
static inline int weir_usable_processors(void) {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
}

/// The variables of this process, for one that it starts.
static inline char **weir_environment(void) { return environ; }

/// A file in memory that takes `bytes` and refuses more; -1 where there is none to be had.
static inline int weir_bounded_file(off_t bytes) {
  int file = memfd_create("weir", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (file < 0) return -1;
  if (ftruncate(file, bytes) == 0 && fcntl(file, F_ADD_SEALS, F_SEAL_GROW) == 0) return file;
  close(file);
  return -1;
}

/// A file without a name in this folder, that only its owner may read; -1 where there are no such files.
static inline int weir_unnamed_file(int folder) {
  return openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
}

#endif
