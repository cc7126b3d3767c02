// qwen3: dense Qwen3, the R1 distillation of it, and lemma-s. Queries and keys are normalised per head before they rotate; the head
// dimension is a key of its own.

#include "dense_loader.h"
#include "models/models.h"

namespace lemma {

Result<std::unique_ptr<Decoder>> load_qwen3(const GgufFile& file, const WeightLimits& limits) {
  constexpr DenseTraits kQwen3 = {
      .name = "qwen3", .pairs = RopePairs::halves, .qkv_bias = Presence::absent, .qk_norm = Presence::required};
  return load_dense(file, limits, kQwen3);
}

}  // namespace lemma
