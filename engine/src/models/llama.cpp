// llama: Llama 2 and 3, Mistral, the R1 distillation of Llama. GGUF converters store query and key rows so that neighbouring
// elements rotate together.

#include "dense_loader.h"
#include "models/models.h"

namespace lemma {

Result<std::unique_ptr<Decoder>> load_llama(const GgufFile& file, const WeightLimits& limits) {
  constexpr DenseTraits kLlama = {
      .name = "llama", .pairs = RopePairs::interleaved, .qkv_bias = Presence::optional, .qk_norm = Presence::absent};
  return load_dense(file, limits, kLlama);
}

}  // namespace lemma
