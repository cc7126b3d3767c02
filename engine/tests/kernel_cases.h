// What tests of kernels share: random numbers, equality bit for bit, and the sets to compare with the scalar one.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

#include "kernels/dispatch.h"
#include "random_model.h"

namespace lemma_test {

inline std::vector<float> random_floats(Numbers& numbers, std::size_t n, float scale = 1.0F) {
  std::vector<float> values(n);
  for (float& value : values) value = scale * numbers.normal();
  return values;
}

// Bit-equal but for the sign of zero, which no later operation turns into another result.
inline bool same(const std::vector<float>& a, const std::vector<float>& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (std::memcmp(&a[i], &b[i], 4) != 0 && !(a[i] == 0 && b[i] == 0)) {
      std::fprintf(stderr, "  element %zu: %.9g and %.9g\n", i, static_cast<double>(a[i]), static_cast<double>(b[i]));
      return false;
    }
  return a.size() == b.size();
}

inline std::vector<const lemma::KernelTable*> fast_kernels() {
  std::vector<const lemma::KernelTable*> sets = lemma::runnable_kernels();
  sets.erase(sets.begin());
#if defined(__x86_64__)
  // Sets whose test copies run where AVX-512 does: encoded so (avxvnni_by_avx512.cpp), or over emulated tiles (amx_by_emulation.cpp).
  [[maybe_unused]] const bool avx512 = std::find(sets.begin(), sets.end(), &lemma::kAvx512Kernels) != sets.end();
#if defined(LEMMA_AVXVNNI)
  std::erase(sets, &lemma::kAvxVnniKernels);
  if (avx512) sets.push_back(&lemma::kAvxVnniKernels);
#endif
#if defined(LEMMA_AMX)
  std::erase(sets, &lemma::kAmxKernels);
  if (avx512) sets.push_back(&lemma::kAmxKernels);
#endif
#endif
  return sets;
}

}  // namespace lemma_test
