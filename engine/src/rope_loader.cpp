// RoPE keys. Scaling types: none, linear (the default where only a factor is given), yarn.

#include "rope_loader.h"

#include "quoted.h"

namespace lemma {
namespace {

class RopeReader {
 public:
  RopeReader(const GgufFile& file, const std::string& architecture) : file_(file), prefix_(architecture + ".rope.") {}

  Result<RopeConfig> read(std::uint32_t rotated, std::uint32_t context, TensorReader& tensors) {
    LEMMA_ASSIGN(const std::uint64_t dimensions, file_.integer(prefix_ + "dimension_count", 2, rotated, rotated));
    rope_.dimensions = static_cast<std::uint32_t>(dimensions);
    if (dimensions % 2 != 0) return unsupported("dimension_count", "an even number", std::to_string(dimensions));
    LEMMA_ASSIGN(rope_.base, number("freq_base", 1.0, 1e12, 10000.0));
    LEMMA_TRY(read_scaling(context));
    LEMMA_ASSIGN(rope_.factors, tensors.optional_vector("rope_freqs.weight", rope_.dimensions / 2));
    for (const float divisor : rope_.factors)
      if (!(divisor >= 1e-6F && divisor <= 1e6F))
        return Status::error(Code::model_unsupported, file_.path() + ": tensor \"rope_freqs.weight\": expected numbers from " +
                                                          "1e-6 to 1e6, found " + std::to_string(divisor));
    return std::move(rope_);
  }

 private:
  Status read_scaling(std::uint32_t context) {
    LEMMA_ASSIGN(const std::string_view type, file_.string(prefix_ + "scaling.type", "linear"));
    LEMMA_ASSIGN(rope_.magnitude, number("scaling.attn_factor", 1e-3, 1e3, 1.0));
    if (type == "none") return {};
    LEMMA_ASSIGN(const double old_name, number("scale_linear", 1e-3, 1e6, 1.0));
    LEMMA_ASSIGN(const double factor, number("scaling.factor", 1e-3, 1e6, old_name));
    rope_.scale = 1 / factor;
    if (type == "linear") return {};
    if (type != "yarn") return unsupported("scaling.type", "none, linear or yarn", quoted(type));
    // llama.cpp reads the betas for some architectures only and takes 32 and 1 for the rest; a file that names others was trained
    // with them, so here they count. scaling.yarn_attn_factor counts in neither: its converter writes two fields of different
    // meaning there.
    RopeYarn yarn;
    LEMMA_ASSIGN(yarn.original_context, number("scaling.original_context_length", 1, 1U << 24, context));
    LEMMA_ASSIGN(yarn.beta_fast, number("scaling.yarn_beta_fast", 1e-6, 1e6, yarn.beta_fast));
    LEMMA_ASSIGN(yarn.beta_slow, number("scaling.yarn_beta_slow", 1e-6, 1e6, yarn.beta_slow));
    rope_.yarn = yarn;
    rope_.magnitude *= yarn_magnitude(factor);
    return {};
  }

  Result<double> number(const char* name, double low, double high, double fallback) const {
    return file_.number(prefix_ + name, low, high, fallback);
  }
  Status unsupported(const char* name, const std::string& expected, const std::string& found) const {
    return Status::error(Code::model_unsupported, file_.path() + ": " + prefix_ + name + ": expected " + expected + ", found " + found);
  }

  const GgufFile& file_;
  const std::string prefix_;
  RopeConfig rope_;
};

}  // namespace

Result<RopeConfig> read_rope(const GgufFile& file, const std::string& architecture, std::uint32_t rotated, std::uint32_t context,
                             TensorReader& tensors) {
  return RopeReader(file, architecture).read(rotated, context, tensors);
}

}  // namespace lemma
