// The loops of a signature that have one form for each instruction set. Owns the interface; vector_kernels.inc has the loops.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lemma_data {

/// Arrays of permutations and minima are padded to a multiple of this many, the widest vector's lanes.
inline constexpr std::size_t kLanes = 16;

/// One instruction set's loops. Results are the same for all, bit by bit.
struct Kernels {
  const char* name;
  /// The hashes (shingles.ts) of `count` words of a text, given by start and length (1 and more); writes whole vectors to a and b.
  void (*words)(const char16_t* text, const std::uint32_t* starts, const std::uint32_t* lengths, std::size_t count, std::uint32_t* a,
                std::uint32_t* b);
  /// The fold (shingles.ts) of `size` pairs from every place of a, b: `count` hashes as low, high, low, high, …
  void (*fold)(std::uint32_t size, const std::uint32_t* a, const std::uint32_t* b, std::size_t count, std::uint32_t* out);
  /// minima[i] = min over all hashes of a[i] · low + b[i], signed; `permutations` is a multiple of kLanes.
  void (*minima)(const std::uint32_t* hashes, std::size_t count, const std::int32_t* a, const std::int32_t* b,
                 std::int32_t* minima, std::size_t permutations);
};

extern const Kernels kBaseKernels;  // SSE2 on x86-64, NEON on ARM
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

/// Compresses `blocks` blocks of 64 bytes into a state of SHA-256.
using Sha256Blocks = void (*)(std::uint32_t state[8], const std::uint8_t* bytes, std::size_t blocks);
void sha256_blocks_scalar(std::uint32_t state[8], const std::uint8_t* bytes, std::size_t blocks);
#if defined(__x86_64__)
void sha256_blocks_ni(std::uint32_t state[8], const std::uint8_t* bytes, std::size_t blocks);
#endif

}  // namespace lemma_data
