// Makes chosen calls of a program fail: preloaded into the command by Tests/CommandTests/Fault.swift.
//
// WEIR_FAULT=<call>:<descriptor>:<n>:<outcome>:<last>:<mark>
//
//   call        the function, such as read
//   descriptor  which one it is called with; -1 for any, and for calls that have none
//   n           the first call that is hurt, from 1
//   outcome     an errno to fail with; 0: only half of the bytes; -k: at most k of them; 10000 and a signal: the
//               program gets that, and the call is made if it outlives it
//   last        the last call that is hurt
//   mark        a file that gets a byte when the first is
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>

static struct {
  int is_read;
  char call[16];
  int descriptor;
  unsigned long first, last, count;
  long outcome;
  char mark[256];
} plan;

static void read_plan(void) {
  if (plan.is_read) return;
  plan.is_read = 1;
  const char *text = getenv("WEIR_FAULT");
  if (!text) return;
  if (sscanf(text, "%15[^:]:%d:%lu:%ld:%lu:%255s", plan.call, &plan.descriptor, &plan.first,
             &plan.outcome, &plan.last, plan.mark) != 6) {
    static const char wrong[] = "fault shim: WEIR_FAULT is wrong\n";
    syscall(SYS_write, 2, wrong, sizeof wrong - 1);
    _exit(99);
  }
}

static int is_hurt(const char *call, int descriptor) {
  read_plan();
  if (strcmp(call, plan.call) != 0) return 0;
  if (plan.descriptor >= 0 && plan.descriptor != descriptor) return 0;
  unsigned long count = __atomic_add_fetch(&plan.count, 1, __ATOMIC_RELAXED);
  if (count < plan.first || count > plan.last) return 0;
  if (count == plan.first) {
    long mark = syscall(SYS_openat, AT_FDCWD, plan.mark, O_WRONLY | O_CREAT, 0600);
    syscall(SYS_write, mark, "x", 1);
    syscall(SYS_close, mark);
  }
  if (plan.outcome > 10000) {
    syscall(SYS_kill, getpid(), (int)plan.outcome - 10000);
    return 0;
  }
  return 1;
}

// The call fails: sets errno. Not of calls that only fall short.
static int fails(const char *call, int descriptor) {
  if (!is_hurt(call, descriptor)) return 0;
  errno = (int)plan.outcome;
  return 1;
}

// How many of `count` bytes the call may take; -1 when it is to fail.
static ssize_t allowed(const char *call, int descriptor, size_t count) {
  if (!is_hurt(call, descriptor)) return (ssize_t)count;
  if (plan.outcome > 0) {
    errno = (int)plan.outcome;
    return -1;
  }
  size_t most = plan.outcome == 0 ? (count + 1) / 2 : (size_t)-plan.outcome;
  return (ssize_t)(count < most ? count : most);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// Bytes

ssize_t read(int descriptor, void *bytes, size_t count) {
  ssize_t most = allowed("read", descriptor, count);
  return most < 0 ? -1 : syscall(SYS_read, descriptor, bytes, most);
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t place) {
  ssize_t most = allowed("pread", descriptor, count);
  return most < 0 ? -1 : syscall(SYS_pread64, descriptor, bytes, most, place);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  ssize_t most = allowed("write", descriptor, count);
  return most < 0 ? -1 : syscall(SYS_write, descriptor, bytes, most);
}

ssize_t writev(int descriptor, const struct iovec *vectors, int count) {
  size_t total = 0;
  for (int index = 0; index < count; index++) total += vectors[index].iov_len;
  ssize_t most = allowed("writev", descriptor, total);
  if (most < 0) return -1;
  if ((size_t)most == total) return syscall(SYS_writev, descriptor, vectors, count);
  struct iovec fewer[count];
  int used = 0;
  for (; used < count && most > 0; used++) {
    fewer[used] = vectors[used];
    if (fewer[used].iov_len > (size_t)most) fewer[used].iov_len = (size_t)most;
    most -= (ssize_t)fewer[used].iov_len;
  }
  return syscall(SYS_writev, descriptor, fewer, used);
}

int poll(struct pollfd *files, nfds_t count, int timeout) {
  if (fails("poll", -1)) return -1;
  return (int)syscall(SYS_poll, files, count, timeout);
}

// Files

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (fails("open", -1)) return -1;
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char *, int, ...) __attribute__((alias("open")));

int openat(int folder, const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (fails("openat", -1)) return -1;
  return (int)syscall(SYS_openat, folder, path, flags, mode);
}

int openat64(int, const char *, int, ...) __attribute__((alias("openat")));

FILE *fopen(const char *path, const char *mode) {
  return fails("fopen", -1) ? NULL : REAL(fopen)(path, mode);
}

FILE *fopen64(const char *, const char *) __attribute__((alias("fopen")));

int ftruncate(int descriptor, off_t length) {
  if (fails("ftruncate", descriptor)) return -1;
  return (int)syscall(SYS_ftruncate, descriptor, length);
}

// As on Linux: the descriptor is gone, whatever is said.
int close(int descriptor) {
  int is_failure = fails("close", descriptor);
  int outcome = errno;
  long result = syscall(SYS_close, descriptor);
  if (!is_failure) return (int)result;
  errno = outcome;
  return -1;
}

int fstat(int descriptor, struct stat *status) {
  return fails("fstat", descriptor) ? -1 : REAL(fstat)(descriptor, status);
}

int stat(const char *path, struct stat *status) {
  return fails("stat", -1) ? -1 : REAL(stat)(path, status);
}

int lstat(const char *path, struct stat *status) {
  return fails("lstat", -1) ? -1 : REAL(lstat)(path, status);
}

// What files have besides bytes, and their names

int fstatat(int folder, const char *path, struct stat *status, int flags) {
  return fails("fstatat", -1) ? -1 : REAL(fstatat)(folder, path, status, flags);
}

int faccessat(int folder, const char *path, int mode, int flags) {
  return fails("faccessat", -1) ? -1 : REAL(faccessat)(folder, path, mode, flags);
}

int fsync(int file) { return fails("fsync", -1) ? -1 : (int)syscall(SYS_fsync, file); }

int fchown(int file, uid_t owner, gid_t group) {
  return fails("fchown", -1) ? -1 : (int)syscall(SYS_fchown, file, owner, group);
}

int fchmod(int file, mode_t mode) {
  return fails("fchmod", -1) ? -1 : (int)syscall(SYS_fchmod, file, mode);
}

int futimens(int file, const struct timespec times[2]) {
  return fails("futimens", -1) ? -1 : REAL(futimens)(file, times);
}

ssize_t flistxattr(int file, char *names, size_t count) {
  return fails("flistxattr", -1) ? -1 : syscall(SYS_flistxattr, file, names, count);
}

ssize_t fgetxattr(int file, const char *name, void *value, size_t count) {
  return fails("fgetxattr", -1) ? -1 : syscall(SYS_fgetxattr, file, name, value, count);
}

int fsetxattr(int file, const char *name, const void *value, size_t count, int flags) {
  if (fails("fsetxattr", -1)) return -1;
  return (int)syscall(SYS_fsetxattr, file, name, value, count, flags);
}

int linkat(int folder, const char *path, int other, const char *name, int flags) {
  if (fails("linkat", -1)) return -1;
  return (int)syscall(SYS_linkat, folder, path, other, name, flags);
}

int renameat(int folder, const char *path, int other, const char *name) {
  return fails("renameat", -1) ? -1 : (int)syscall(SYS_renameat, folder, path, other, name);
}

DIR *opendir(const char *path) { return fails("opendir", -1) ? NULL : REAL(opendir)(path); }

struct dirent *readdir(DIR *stream) {
  return fails("readdir", -1) ? NULL : REAL(readdir)(stream);
}

// Memory: all of these are one call, "malloc".

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

void *malloc(size_t count) { return fails("malloc", -1) ? NULL : __libc_malloc(count); }

void *calloc(size_t number, size_t count) {
  return fails("malloc", -1) ? NULL : __libc_calloc(number, count);
}

void *realloc(void *memory, size_t count) {
  return fails("malloc", -1) ? NULL : __libc_realloc(memory, count);
}

void *memalign(size_t alignment, size_t count) {
  return fails("malloc", -1) ? NULL : __libc_memalign(alignment, count);
}

void *aligned_alloc(size_t alignment, size_t count) { return memalign(alignment, count); }

int posix_memalign(void **memory, size_t alignment, size_t count) {
  *memory = memalign(alignment, count);
  return *memory ? 0 : ENOMEM;
}
