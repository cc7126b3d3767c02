// libFuzzer target: GGUF files, see exercise_gguf.h. Parts of a split model are separated by kPartMark.

#include "exercise_gguf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  lemma_fuzz::exercise_gguf({reinterpret_cast<const char*>(data), size});
  return 0;
}
