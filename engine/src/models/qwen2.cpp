// qwen2: Qwen2 and Qwen2.5, R1's distillations of them. Queries, keys and values have biases, all three in every layer.

#include "dense_loader.h"
#include "models/models.h"

namespace lemma {

Result<std::unique_ptr<Decoder>> load_qwen2(const GgufFile& file, const WeightLimits& limits) {
  constexpr DenseTraits kQwen2 = {
      .name = "qwen2", .pairs = RopePairs::halves, .qkv_bias = Presence::required, .qk_norm = Presence::absent};
  return load_dense(file, limits, kQwen2);
}

}  // namespace lemma
