// CPU detection. A feature counts only if the operating system also saves its registers: XCR0 bits 1-2 for AVX, 5-7 for AVX-512.

#include "dispatch.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace lemma_data {
namespace {

struct Features {
  bool avx2 = false, avx512 = false, sha = false;
};

Features detect() {
  Features features;
#if defined(__x86_64__)
  unsigned a, b, c, d;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0) return features;
  const auto bit = [](unsigned word, int index) { return ((word >> index) & 1U) != 0; };
  const bool os_saves = bit(c, 27), ssse3 = bit(c, 9), sse41 = bit(c, 19);
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return features;
  features.sha = bit(b, 29) && ssse3 && sse41;
  if (!os_saves) return features;
  unsigned low, high;
  asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  features.avx2 = bit(b, 5) && (low & 6) == 6;
  features.avx512 = features.avx2 && bit(b, 16) && bit(b, 17) && bit(b, 30) && bit(b, 31) && (low & 0xE6) == 0xE6;
#endif
  return features;
}

}  // namespace

Dispatch dispatch(std::string_view name) {
  const Features features = detect();
  Dispatch chosen = {nullptr, sha256_blocks_scalar};
  const auto offer = [&](const Kernels& kernels) {
    if (name.empty() || name == kernels.name) chosen.kernels = &kernels;
  };
  offer(kBaseKernels);
#if defined(__x86_64__)
  if (features.avx2) offer(kAvx2Kernels);
  if (features.avx512) offer(kAvx512Kernels);
  // A set that is asked for by name is for tests: the base one then stands for a CPU without anything else.
  if (features.sha && name != kBaseKernels.name) chosen.sha256 = sha256_blocks_ni;
#endif
  return chosen;
}

}  // namespace lemma_data
