// deepseek2: DeepSeek-V2 and V3, R1, and lemma-m. Latent attention; after leading dense layers, experts.

#include "latent_loader.h"
#include "models/models.h"

namespace lemma {

Result<std::unique_ptr<Decoder>> load_deepseek2(const GgufFile& file, const WeightLimits& limits) {
  return load_latent(file, limits);
}

}  // namespace lemma
