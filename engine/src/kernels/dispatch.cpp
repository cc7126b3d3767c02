// CPU detection. On x86-64 a feature counts only if the operating system also saves its registers: XCR0 bits 1-2 for AVX, 5-7 for AVX-512,
// 17-18 for AMX, whose use Linux wants to be asked for besides.

#include "kernels/dispatch.h"

#include <cstdlib>
#include <string>
#include <string_view>

#if defined(__x86_64__)
#include <cpuid.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif
#elif defined(__aarch64__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace lemma {
namespace {

#if defined(__x86_64__)
struct Features {
  bool avx2 = false, avx_vnni = false, avx512 = false, avx512_bf16 = false, amx = false;
};

std::uint64_t saved_registers() {
  std::uint32_t low, high;
  asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (std::uint64_t{high} << 32) | low;
}

// Linux keeps the 8 KiB of tile registers only for processes that ask (Documentation/arch/x86/xstate.rst): ARCH_REQ_XCOMP_PERM for
// XFEATURE_XTILE_DATA. It holds for all threads; asking again is harmless.
bool may_use_tiles() {
#if defined(__linux__)
  constexpr long kRequestPermission = 0x1023, kTileData = 18;
  return syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
#else
  return false;
#endif
}

Features detect() {
  Features features;
  unsigned a, b, c, d;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0) return features;
  const auto bit = [](unsigned word, int index) { return ((word >> index) & 1U) != 0; };
  const bool os_saves = bit(c, 27), avx = bit(c, 28), fma = bit(c, 12), f16c = bit(c, 29);
  if (!os_saves || !avx || (saved_registers() & 6) != 6) return features;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return features;
  features.avx2 = bit(b, 5) && bit(b, 3) && bit(b, 8) && fma && f16c;  // with BMI1 and BMI2
  const bool f = bit(b, 16), dq = bit(b, 17), bw = bit(b, 30), vl = bit(b, 31), vnni = bit(c, 11);
  features.avx512 = features.avx2 && f && dq && bw && vl && vnni && (saved_registers() & 0xE6) == 0xE6;
  const bool tiles = bit(d, 24) && bit(d, 25) && (saved_registers() >> 17 & 3) == 3;  // with int8
  if (a < 1 || __get_cpuid_count(7, 1, &a, &b, &c, &d) == 0) return features;
  features.avx_vnni = features.avx2 && bit(a, 4);
  features.avx512_bf16 = features.avx512 && bit(a, 5);
  features.amx = features.avx512_bf16 && tiles && may_use_tiles();
  return features;
}
#endif

}  // namespace

std::vector<const KernelTable*> runnable_kernels() {
  std::vector<const KernelTable*> sets = {&kScalarKernels};
#if defined(__x86_64__)
  const Features features = detect();
  if (features.avx2) sets.push_back(&kAvx2Kernels);
#if defined(LEMMA_AVXVNNI)
  if (features.avx_vnni) sets.push_back(&kAvxVnniKernels);
#endif
  if (features.avx512) sets.push_back(&kAvx512Kernels);
#if defined(LEMMA_AVX512BF16)
  if (features.avx512_bf16) sets.push_back(&kAvx512Bf16Kernels);
#if defined(LEMMA_AMX)
  if (features.amx) sets.push_back(&kAmxKernels);
#endif
#endif
#elif defined(__aarch64__) && defined(__linux__)
  if ((getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0) sets.push_back(&kNeonKernels);
#endif
  return sets;
}

Result<const KernelTable*> choose_kernels() {
  const std::vector<const KernelTable*> sets = runnable_kernels();
  const char* wanted = std::getenv("LEMMA_ISA");
  if (wanted == nullptr || *wanted == '\0') return sets.back();
  std::string names;
  for (const KernelTable* set : sets) {
    if (std::string_view(wanted) == set->name) return set;
    names += (names.empty() ? "" : ", ") + std::string(set->name);
  }
  return Status::error(Code::cpu, "this CPU can't run the kernel set \"" + std::string(wanted) + "\": LEMMA_ISA may be " + names +
                                      " here");
}

}  // namespace lemma
