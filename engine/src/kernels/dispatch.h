// Chooses the kernel set at run time: what the CPU has and the operating system saves (cpuid, xgetbv; on ARM the
// kernel's list of features), or what LEMMA_ISA asks for.
#pragma once

#include <vector>

#include "kernels/kernels.h"
#include "status.h"

namespace lemma {

/// The best kernel set here, or the one that LEMMA_ISA (scalar, avx2, avxvnni, avx512, avx512bf16, amx; neon) names; error `cpu` if that one can't run.
Result<const KernelTable*> choose_kernels();

/// All sets that this machine can run, the scalar one first. For tests.
std::vector<const KernelTable*> runnable_kernels();

}  // namespace lemma
