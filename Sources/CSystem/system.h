// What Linux has and Swift's Glibc module does not show.
#ifndef WEIR_SYSTEM_H
#define WEIR_SYSTEM_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <malloc.h>
#include <sched.h>
#include <unistd.h>

/// The number of processors that this process may use; 0 when the system does not say.
static inline int weir_usable_processors(void) {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
}

/// The variables of this process, for one that it starts.
static inline char **weir_environment(void) { return environ; }

#endif
