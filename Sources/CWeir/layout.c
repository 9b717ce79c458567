/* What programs were compiled with must stay as it is: a struct only grows at its end. */

#include "weir.h"

#define STANDS(type, field, place) \
  _Static_assert(offsetof(type, field) == (place), #type "." #field " has moved")

#if UINTPTR_MAX == UINT64_MAX
STANDS(weir_engine_options, packs, 8);
STANDS(weir_engine_options, rules, 16);
STANDS(weir_engine_options, without_rules, 24);
STANDS(weir_engine_options, min_confidence, 32);
STANDS(weir_engine_options, mask, 36);
STANDS(weir_engine_options, key, 40);
STANDS(weir_engine_options, key_bytes, 48);
STANDS(weir_engine_options, most_memory_bytes, 56);
STANDS(weir_engine_options, catalogue_path, 64);
STANDS(weir_engine_options, catalogue, 72);
STANDS(weir_engine_options, catalogue_bytes, 80);
STANDS(weir_rule, id, 8);
STANDS(weir_rule, title, 16);
STANDS(weir_rule, provider, 24);
STANDS(weir_rule, power, 32);
STANDS(weir_rule, revoke, 40);
STANDS(weir_rule, confidence, 48);
STANDS(weir_counters, record_count, 8);
STANDS(weir_counters, finding_count, 48);
STANDS(weir_finding, start, 8);
STANDS(weir_finding, end, 16);
STANDS(weir_finding, line, 24);
STANDS(weir_finding, column, 32);
STANDS(weir_finding, fingerprint, 40);
STANDS(weir_finding, rule, 48);
STANDS(weir_finding, via, 56);
STANDS(weir_finding, rule_index, 64);
STANDS(weir_finding, prefix_bytes, 68);
STANDS(weir_finding, check, 72);
STANDS(weir_finding, confidence, 76);
STANDS(weir_stream_options, mode, 8);
STANDS(weir_stream_options, output, 16);
STANDS(weir_stream_options, finding, 24);
STANDS(weir_stream_options, context, 32);
STANDS(weir_stream_options, pulls_findings, 40);
STANDS(weir_stream_options, most_waiting_bytes, 48);
STANDS(weir_receipt, taken_bytes, 8);
STANDS(weir_receipt, finding_count, 72);
#endif
