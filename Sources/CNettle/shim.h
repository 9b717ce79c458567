#pragma once
#include <nettle/sha1.h>
#include <nettle/version.h>

/// Nettle 4 asks for no length.
static inline void weir_sha1_digest(struct sha1_ctx *state, uint8_t *digest) {
#if NETTLE_VERSION_MAJOR >= 4
  sha1_digest(state, digest);
#else
  sha1_digest(state, SHA1_DIGEST_SIZE, digest);
#endif
}
