/* weir.h for a program that loads the library by itself: with -DLOADED every function is found by dlsym. */
#ifndef LOADED_H
#define LOADED_H

#include <weir.h>

#ifdef LOADED

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *library;

static void load(const char *path) {
  library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    exit(1);
  }
}

/* An object pointer becomes one of a function: as POSIX has it, and ISO C has not. */
#define FIND(name) \
  static __typeof__(&name) find_##name(void) { \
    __typeof__(&name) function; \
    void *symbol = dlsym(library, #name); \
    if (symbol == NULL) abort(); \
    memcpy(&function, &symbol, sizeof function); \
    return function; \
  }

FIND(weir_engine_open)
FIND(weir_engine_free)
FIND(weir_record_redact)
FIND(weir_record_scan)
FIND(weir_stream_open)
FIND(weir_stream_write)
FIND(weir_stream_finish)
FIND(weir_stream_read)
FIND(weir_stream_finding)
FIND(weir_stream_receipt)
FIND(weir_stream_free)
#define weir_engine_open find_weir_engine_open()
#define weir_engine_free find_weir_engine_free()
#define weir_record_redact find_weir_record_redact()
#define weir_record_scan find_weir_record_scan()
#define weir_stream_open find_weir_stream_open()
#define weir_stream_write find_weir_stream_write()
#define weir_stream_finish find_weir_stream_finish()
#define weir_stream_read find_weir_stream_read()
#define weir_stream_finding find_weir_stream_finding()
#define weir_stream_receipt find_weir_stream_receipt()
#define weir_stream_free find_weir_stream_free()

#else
static void load(const char *path) { (void)path; }
#endif

#endif
