/*
 * weir.h: find credentials in bytes as they pass, and mask them.
 *
 * The simple call. One record, such as a message of a log, into a buffer of yours:
 *
 *     weir_engine *engine;
 *     if (weir_engine_open(&engine, NULL) != WEIR_OK) ...
 *     char out[8192];
 *     size_t count;
 *     weir_status status = weir_record_redact(engine, line, strlen(line), out, sizeof out, &count, NULL);
 *     if (status == WEIR_OK) fwrite(out, 1, count, stdout);
 *     weir_engine_free(engine);
 *
 * The full one. A stream, cut by its writers in any way; what is found does not depend on the cuts:
 *
 *     static void output(void *file, const void *bytes, size_t count) { fwrite(bytes, 1, count, file); }
 *
 *     weir_stream_options options = WEIR_STREAM_OPTIONS;
 *     options.output = output;
 *     options.context = stdout;
 *     weir_stream *stream;
 *     weir_stream_open(engine, &options, &stream);
 *     while ((count = read(0, buffer, sizeof buffer)) > 0) weir_stream_write(stream, buffer, count, NULL);
 *     weir_stream_finish(stream);
 *     weir_stream_free(stream);
 *
 * Of every function
 *   - It returns a status; what it makes comes through a pointer, and is untouched unless the status says otherwise.
 *   - It never exits, prints, starts a thread, touches a signal, or keeps a pointer of yours, but those of a stream's options.
 *   - A null where something is asked for, a wrong order, a second thread in one stream: a status. To use what was freed is
 *     undefined, and so is a pointer to what is none of ours.
 *   - Names say their units. Offsets are bytes from the start of the input, in half-open ranges; lines and columns count from 1.
 *   - A struct of yours begins with its size: set it by the initializer given here. Later versions may add fields behind the
 *     last one; those that an older program does not know are then what they were before.
 *   - When there is no memory left for what Swift allocates, the process ends, as it does for any program in Swift.
 */
#ifndef WEIR_H
#define WEIR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What happened. The values stay as they are. */
typedef enum weir_status {
  WEIR_OK = 0,
  WEIR_INVALID = 1,   /* a null, a size, a value or a buffer that cannot be */
  WEIR_TOO_SMALL = 2, /* your buffer; the size that is needed, or how far it went, is told */
  WEIR_ORDER = 3,     /* not now: the stream is finished, aborted or broken */
  WEIR_BUSY = 4,      /* somebody is in this stream, or you are in its callback */
  WEIR_FULL = 5,      /* take what waits, then write the rest: so many bytes as are told were taken */
  WEIR_BUDGET = 6,    /* the engine's memory is with other streams; nothing was taken, try again later */
  WEIR_NO_RULE = 7,   /* no such pack or rule, or none is left */
  WEIR_NO_MEMORY = 8, /* for the tables of a scan */
  WEIR_FAILED = 9,    /* the scan cannot go on: the stream is broken, and gave out nothing undecided */
  WEIR_NO_CATALOGUE = 10 /* it cannot be read, is damaged or of another version, or holds a rule that cannot be */
} weir_status;

/* What it means, in a sentence; never null, and never freed. */
const char *weir_status_text(weir_status status);

/* The version of the library, such as "0.1.0", and of this interface. Programs made for one ABI version run with every
 * library that has the same one. */
#define WEIR_ABI_VERSION 1
const char *weir_version(void);
uint32_t weir_abi_version(void);

/* --- Engines ------------------------------------------------------------------------------------------------------- */

/* The rules, ready to scan with. Immutable, and shared: any thread may use it at any time. About a megabyte, and a
 * millisecond to open; what scans are done with is made when it is first needed, kept, and used again. */
typedef struct weir_engine weir_engine;

typedef enum weir_confidence { WEIR_LOW = 0, WEIR_MEDIUM = 1, WEIR_HIGH = 2 } weir_confidence;

/* What stands where a secret stood. */
typedef enum weir_mask {
  WEIR_MASK_RULE = 0,  /* WEIR_REDACTED_<rule>, and _<fingerprint> with a key */
  WEIR_MASK_FIXED = 1, /* WEIR_REDACTED */
  WEIR_MASK_STARS = 2, /* as many stars as the secret has bytes */
  WEIR_MASK_HASH = 3   /* WEIR_REDACTED_<fingerprint>; needs a key */
} weir_mask;

typedef struct weir_engine_options {
  size_t size;
  const char *packs;              /* only the rules of these packs: "ai,cloud"; null: of all */
  const char *rules;              /* only these, by id or provider: "github.personal-token,aws.*"; null: all */
  const char *without_rules;      /* and not these; null: none is left out */
  weir_confidence min_confidence; /* findings less sure are none */
  weir_mask mask;
  const void *key;                /* of fingerprints, 16 to 64 bytes, copied; null: there are none */
  size_t key_bytes;
  size_t most_memory_bytes;       /* for streams in which a secret is open; 0: as many as there are streams. See WEIR_BUDGET */
  const char *catalogue_path;     /* the file of rules that `weir rules compile` wrote; null: the built-in rules */
  const void *catalogue;          /* or its bytes, read while the call lasts; null: none. Not both */
  size_t catalogue_bytes;
} weir_engine_options;

#define WEIR_ENGINE_OPTIONS \
  { sizeof(weir_engine_options), NULL, NULL, NULL, WEIR_MEDIUM, WEIR_MASK_RULE, NULL, 0, 0, NULL, NULL, 0 }

/* options: null is the same as WEIR_ENGINE_OPTIONS.
 *
 * A catalogue's rules are checked and compiled here, so it may come from anywhere; with those of Weir in it that takes a second or so. */
weir_status weir_engine_open(weir_engine **engine, const weir_engine_options *options);

/* One more owner. Each gives it back by weir_engine_free; streams own their engine too. Null may be freed. */
weir_status weir_engine_retain(weir_engine *engine);
weir_status weir_engine_free(weir_engine *engine);

/* When open streams move on to new rules. */
typedef enum weir_reload {
  WEIR_RELOAD_NEW = 0,     /* they finish with those they began with */
  WEIR_RELOAD_AT_LINE = 1  /* at the first line's end in a write behind which nothing is open */
} weir_reload;

/* Other options for all that begins from now on. Nothing stops: a scan on another thread ends with what it began with. Each
 * reload keeps a few kilobytes until the engine is freed, and one with a catalogue its rules, a few megabytes. */
weir_status weir_engine_reload(weir_engine *engine, const weir_engine_options *options, weir_reload when);

/* A rule: its place in the engine's list, and what is known of it. The strings live as long as the engine. */
typedef struct weir_rule {
  size_t size;
  const char *id;       /* "github.personal-token" */
  const char *title;
  const char *provider;
  const char *power;    /* what a thief can do: "spend", "data", "admin", "write", "read" */
  const char *revoke;   /* where it is taken back */
  weir_confidence confidence;
} weir_rule;

weir_status weir_engine_rule_count(const weir_engine *engine, size_t *count);
/* rule->size is to be set. WEIR_INVALID when there is no such rule. */
weir_status weir_engine_rule(const weir_engine *engine, size_t index, weir_rule *rule);

/* What an engine has done since it was opened, over all threads. */
typedef struct weir_counters {
  size_t size;
  uint64_t record_count;
  uint64_t stream_count;
  uint64_t open_stream_count;
  uint64_t scanned_bytes;
  uint64_t masked_bytes;
  uint64_t finding_count;
} weir_counters;

/* counters->size is to be set. */
weir_status weir_engine_counters(const weir_engine *engine, weir_counters *counters);

/* --- Findings ------------------------------------------------------------------------------------------------------ */

typedef enum weir_check {
  WEIR_CHECK_NONE = 0,  /* the rule has no checksum */
  WEIR_CHECK_VALID = 1,
  WEIR_CHECK_FAILED = 2
} weir_check;

/* Where a secret is, by which rule, how sure. Never the secret. */
typedef struct weir_finding {
  size_t size;
  uint64_t start;       /* of the secret */
  uint64_t end;
  uint64_t line;
  uint64_t column;      /* in bytes */
  uint64_t fingerprint; /* the same secret under the same key has the same one; 0 without a key */
  const char *rule;     /* its id; lives as long as the engine */
  const char *via;      /* the coding it stands in: "base64", "hex", "utf-16", "percent", "json"; null when it stands plain */
  uint32_t rule_index;
  uint32_t prefix_bytes; /* so many of its first bytes are the rule's own, and no secret */
  weir_check check;
  weir_confidence confidence;
} weir_finding;

/* --- Records ------------------------------------------------------------------------------------------------------- */

/* A record is an input of its own: nothing of the one before is known to it. Any thread, and any number of them at a time.
 *
 * Masked, into a buffer that does not overlap the record. A mask is seldom longer than its secret, but may be.
 *   output_bytes   what it came to. With WEIR_TOO_SMALL: what it takes; the buffer then holds nothing to use.
 *   finding_count  how many were found; may be null. */
weir_status weir_record_redact(weir_engine *engine, const void *record, size_t record_bytes, void *output,
                               size_t capacity_bytes, size_t *output_bytes, size_t *finding_count);

/* Found, not masked.
 *   findings       room for so many as capacity says, each of sizeof(weir_finding) as you know it; null if capacity is 0
 *   finding_count  how many there are. With WEIR_TOO_SMALL more than your room, which holds the first ones. */
weir_status weir_record_scan(weir_engine *engine, const void *record, size_t record_bytes, weir_finding *findings,
                             size_t finding_bytes, size_t capacity, size_t *finding_count);

typedef struct weir_slice {
  const void *bytes;
  size_t byte_count;
} weir_slice;

/* Many records in one call, masked one behind the other.
 *   ends          for each record where it ends in the output; room for record_count of them
 *   done          how many were masked. With WEIR_TOO_SMALL the first `done` are right: take them, and call again for the rest.
 *   finding_count of those that are done; may be null */
weir_status weir_records_redact(weir_engine *engine, const weir_slice *records, size_t record_count, void *output,
                                size_t capacity_bytes, size_t *ends, size_t *done, size_t *finding_count);

/* --- Streams ------------------------------------------------------------------------------------------------------- */

/* One input that comes in pieces. Any thread may use it, one at a time. */
typedef struct weir_stream weir_stream;

typedef enum weir_mode {
  WEIR_REDACT = 0, /* clean bytes and masks come out, and findings */
  WEIR_SCAN = 1    /* findings only */
} weir_mode;

/* The next bytes of the output: clean ones, or a mask. They are yours until you return. */
typedef void (*weir_output_fn)(void *context, const void *bytes, size_t count);
/* It comes before its mask. The finding is yours until you return. */
typedef void (*weir_finding_fn)(void *context, const weir_finding *finding);

typedef struct weir_stream_options {
  size_t size;
  weir_mode mode;
  weir_output_fn output;   /* null: output waits for weir_stream_read */
  weir_finding_fn finding; /* null: findings are counted, or wait for weir_stream_finding if pulls_findings is set */
  void *context;           /* passed to both */
  uint32_t pulls_findings; /* 1: findings wait for weir_stream_finding */
  size_t most_waiting_bytes; /* of output; at so many a write ends with WEIR_FULL. A longer mask waits whole. 0: a megabyte */
} weir_stream_options;

#define WEIR_STREAM_OPTIONS { sizeof(weir_stream_options), WEIR_REDACT, NULL, NULL, NULL, 0, 0 }

/* options: null is the same as WEIR_STREAM_OPTIONS. */
weir_status weir_stream_open(weir_engine *engine, const weir_stream_options *options, weir_stream **stream);

/* The next bytes of the input. What they decide reaches you before this returns, or waits for you.
 *   taken_bytes  how many were taken; may be null. All, with WEIR_OK. */
weir_status weir_stream_write(weir_stream *stream, const void *bytes, size_t count, size_t *taken_bytes);

/* What is decided has been delivered: this moves nothing, and tells whether the stream can go on. */
weir_status weir_stream_flush(weir_stream *stream);

/* The input ends here: all that is left is decided and delivered. */
weir_status weir_stream_finish(weir_stream *stream);

/* The input ends, and what is undecided is withheld: it may be part of a secret. */
weir_status weir_stream_abort(weir_stream *stream);

/* Takes output that waits, up to capacity_bytes of it; 0 when there is none. Also behind the end. */
weir_status weir_stream_read(weir_stream *stream, void *output, size_t capacity_bytes, size_t *output_bytes);

/* Takes the next finding that waits. finding->size is to be set; has_finding: 1, or 0 when there is none. */
weir_status weir_stream_finding(weir_stream *stream, weir_finding *finding, uint32_t *has_finding);

/* Proves that every byte was looked at: taken = scanned = clean + masked + withheld, and delivered + waiting = clean + mask_text. */
typedef struct weir_receipt {
  size_t size;
  uint64_t taken_bytes;    /* from writes */
  uint64_t scanned_bytes;  /* given to the search */
  uint64_t clean_bytes;
  uint64_t masked_bytes;
  uint64_t withheld_bytes; /* undecided yet, or for good behind an abort */
  uint64_t mask_text_bytes;
  uint64_t delivered_bytes;
  uint64_t waiting_bytes;
  uint64_t finding_count;
} weir_receipt;

/* receipt->size is to be set. */
weir_status weir_stream_receipt(weir_stream *stream, weir_receipt *receipt);

/* What the stream takes in memory now. Behind a line's end mostly less than 2 KiB; while a secret is open in it, some hundreds. */
weir_status weir_stream_footprint_bytes(weir_stream *stream, size_t *count);

/* Not finished, it is aborted. Null may be freed. WEIR_BUSY: nothing was freed. */
weir_status weir_stream_free(weir_stream *stream);

#ifdef __cplusplus
}
#endif

#endif
