// The table of architectures by their GGUF name.

#include "models/models.h"

#include <string>

#include "quoted.h"

namespace lemma {
namespace {

struct Architecture {
  const char* name;
  Result<std::unique_ptr<Decoder>> (*load)(const GgufFile&, const WeightLimits&);
};

constexpr Architecture kArchitectures[] = {
    {"deepseek2", load_deepseek2},
    {"llama", load_llama},
    {"qwen2", load_qwen2},
    {"qwen3", load_qwen3},
};

}  // namespace

Result<std::unique_ptr<Decoder>> load_decoder(const GgufFile& file, const WeightLimits& limits) {
  LEMMA_ASSIGN(const std::string_view name, file.string("general.architecture"));
  std::string known;
  for (const Architecture& architecture : kArchitectures) {
    if (name == architecture.name) return architecture.load(file, limits);
    known += (known.empty() ? "" : ", ") + std::string(architecture.name);
  }
  return Status::error(Code::model_unsupported,
                       file.path() + ": general.architecture: expected one of " + known + ", found " + quoted(name));
}

}  // namespace lemma
