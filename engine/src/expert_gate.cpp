// Selection in one pass that keeps the best so far in order: those that are used are few.

#include "expert_gate.h"

#include <algorithm>
#include <cmath>

namespace lemma {
namespace {

constexpr float kNever = -INFINITY;

void score_all(const ExpertGate& gate, const KernelTable& kernels, const float* logits, float* scores) {
  if (gate.gating == Gating::softmax) {
    float largest, sum;
    kernels.softmax(logits, gate.experts, 1.0F, scores, &largest, &sum);
    for (std::uint32_t e = 0; e < gate.experts; ++e) scores[e] /= sum;
    return;
  }
  kernels.sigmoid(logits, scores, gate.experts);
}

// The indices of the `count` largest of n values that are not closed, best first; the first ones where no comparison holds (NaN).
void choose_best(const float* values, const bool* closed, std::uint32_t n, std::uint32_t count, std::uint32_t* chosen) {
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (closed[i] || (found == count && !(values[i] > values[chosen[count - 1]]))) continue;
    std::uint32_t at = found < count ? found++ : count - 1;
    for (; at > 0 && values[i] > values[chosen[at - 1]]; --at) chosen[at] = chosen[at - 1];
    chosen[at] = i;
  }
}

// Puts the experts of all but the best groups out of the race.
void close_groups(const ExpertGate& gate, float* ranks, bool* closed) {
  float sums[kMaxExperts];
  static constexpr bool kNone[kMaxExperts] = {};
  std::uint32_t best[kMaxExperts];
  const std::uint32_t size = gate.experts / gate.groups;
  for (std::uint32_t group = 0; group < gate.groups; ++group) {
    float first = kNever, second = kNever;
    for (std::uint32_t e = group * size; e < (group + 1) * size; ++e) {
      if (ranks[e] > first) second = first, first = ranks[e];
      else if (ranks[e] > second) second = ranks[e];
    }
    sums[group] = first + second;
  }
  choose_best(sums, kNone, gate.groups, gate.used_groups, best);
  std::fill(closed, closed + gate.experts, true);
  for (std::uint32_t i = 0; i < gate.used_groups; ++i) std::fill_n(closed + best[i] * size, size, false);
}

}  // namespace

void choose_experts(const ExpertGate& gate, const KernelTable& kernels, const float* logits, const float* bias, float* work,
                    std::uint32_t* chosen, float* weights) {
  float* scores = work;
  float* ranks = work + gate.experts;
  bool closed[kMaxExperts] = {};
  score_all(gate, kernels, logits, scores);
  for (std::uint32_t e = 0; e < gate.experts; ++e) ranks[e] = bias == nullptr ? scores[e] : scores[e] + bias[e];
  if (gate.used_groups < gate.groups) close_groups(gate, ranks, closed);
  choose_best(ranks, closed, gate.experts, gate.used, chosen);
  std::sort(chosen, chosen + gate.used);
  float sum = 0;
  for (std::uint32_t i = 0; i < gate.used; ++i) sum += scores[chosen[i]];
  const float factor = gate.normalised ? gate.scale / (sum + 1e-20F) : gate.scale;  // 1e-20: DeepSeek's, against no score at all
  for (std::uint32_t i = 0; i < gate.used; ++i) weights[i] = scores[chosen[i]] * factor;
}

}  // namespace lemma
