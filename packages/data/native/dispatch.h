// Chooses the loops at run time by what the CPU has and the operating system saves.
#pragma once

#include <string_view>

#include "kernels.h"

namespace lemma_data {

struct Dispatch {
  const Kernels* kernels;
  Sha256Blocks sha256;
};

/// The best that runs here, or the set of a name ("sse2", "avx2", "avx512", "neon"); kernels is null where it can't run.
Dispatch dispatch(std::string_view name = {});

}  // namespace lemma_data
