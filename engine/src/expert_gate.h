// Which experts a token goes to, and with which weights (DeepSeek-V3, arXiv 2412.19437, equations 12 to 16). Knows no matrices.
#pragma once

#include <cstdint>

#include "kernels/kernels.h"

namespace lemma {

inline constexpr std::uint32_t kMaxExperts = 1024;

/// How scores come from the router's logits; the values are GGUF's.
enum class Gating : std::uint8_t { softmax = 1, sigmoid = 2 };

struct ExpertGate {
  std::uint32_t experts = 0, used = 0;
  std::uint32_t groups = 1, used_groups = 1;  // only experts of the best groups compete; a group has experts / groups of them
  Gating gating = Gating::softmax;
  bool normalised = false;                    // weights are made to add up to 1, before the scale
  float scale = 1;                            // of the weights
};

/// Floats of `work` for choose_experts.
constexpr std::size_t gate_work(std::uint32_t experts) { return std::size_t{2} * experts; }

/// The `used` experts with the best score + bias, ascending by number, and their weights: their scores without the bias. A group is as
/// good as its two best experts together; experts of other groups count as minus infinity. Of equals the first wins. `bias` may be
/// null. The same bits on every kernel set.
void choose_experts(const ExpertGate& gate, const KernelTable& kernels, const float* logits, const float* bias, float* work,
                    std::uint32_t* chosen, float* weights);

}  // namespace lemma
