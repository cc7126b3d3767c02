// What the types of KV caches differ in: sizes, how a token's keys and values are put into a page, how keys are read back, and which
// kernel attends to them. The layout of a page's part is in kernels/kernels.h.
#pragma once

#include <cstddef>
#include <cstdint>

#include "decoder.h"
#include "kernels/kernels.h"

namespace lemma {

/// One cache type's functions. `page` is where a head's keys or its values begin, `slot` a token's place in the page, `dim` the elements
/// of a key or value.
struct KvPages {
  void (*store_key)(const KernelTable&, const float* x, std::uint32_t dim, std::uint32_t slot, std::uint8_t* page);
  void (*store_value)(const KernelTable&, const float* x, std::uint32_t dim, std::uint32_t slot, std::uint8_t* page);
  /// Elements [first, first + n) of the keys of all 32 tokens: out[element * along + token * across].
  void (*read_keys)(const std::uint8_t* page, std::uint32_t dim, std::uint32_t first, std::uint32_t n, std::size_t along,
                    std::size_t across, float* out);
  void (*attention)(const AttentionArgs&);
};

KvPages kv_pages(KvType type, const KernelTable& kernels);

/// Bytes of one head's keys and of its values in a page.
std::size_t kv_key_bytes(KvType type, std::uint32_t dim);
std::size_t kv_value_bytes(KvType type, std::uint32_t dim);

}  // namespace lemma
