// Selection by repeated maximum: experts are few, and those that are used fewer.

#include "expert_gate.h"

#include <algorithm>
#include <cmath>

namespace lemma {
namespace {

constexpr float kNever = -INFINITY;

void score_all(const ExpertGate& gate, const KernelTable& kernels, const float* logits, float* scores) {
  float largest, sum;
  if (gate.gating == Gating::softmax) {
    kernels.softmax(logits, gate.experts, 1.0F, scores, &largest, &sum);
    for (std::uint32_t e = 0; e < gate.experts; ++e) scores[e] /= sum;
    return;
  }
  for (std::uint32_t e = 0; e < gate.experts; ++e) {  // a sigmoid is the softmax of a logit beside 0
    const float pair[2] = {logits[e], 0};
    float parts[2];
    kernels.softmax(pair, 2, 1.0F, parts, &largest, &sum);
    scores[e] = parts[0] / sum;
  }
}

// The index of the largest of n values that isn't taken yet; the first one where no comparison holds (NaN).
std::uint32_t best_of(const float* values, const bool* taken, std::uint32_t n) {
  std::uint32_t best = n;
  for (std::uint32_t i = 0; i < n; ++i)
    if (!taken[i] && (best == n || values[i] > values[best])) best = i;
  return best;
}

// Puts the experts of all but the best groups out of the race.
void close_groups(const ExpertGate& gate, float* ranks, bool* closed) {
  float sums[kMaxExperts];
  bool open[kMaxExperts] = {};
  const std::uint32_t size = gate.experts / gate.groups;
  for (std::uint32_t group = 0; group < gate.groups; ++group) {
    float first = kNever, second = kNever;
    for (std::uint32_t e = group * size; e < (group + 1) * size; ++e) {
      if (ranks[e] > first) second = first, first = ranks[e];
      else if (ranks[e] > second) second = ranks[e];
    }
    sums[group] = first + second;
  }
  for (std::uint32_t i = 0; i < gate.used_groups; ++i) open[best_of(sums, open, gate.groups)] = true;
  for (std::uint32_t e = 0; e < gate.experts; ++e) closed[e] = !open[e / size];
}

}  // namespace

void choose_experts(const ExpertGate& gate, const KernelTable& kernels, const float* logits, const float* bias, float* work,
                    std::uint32_t* chosen, float* weights) {
  float* scores = work;
  float* ranks = work + gate.experts;
  bool taken[kMaxExperts] = {};
  score_all(gate, kernels, logits, scores);
  for (std::uint32_t e = 0; e < gate.experts; ++e) ranks[e] = bias == nullptr ? scores[e] : scores[e] + bias[e];
  if (gate.used_groups < gate.groups) close_groups(gate, ranks, taken);
  for (std::uint32_t i = 0; i < gate.used; ++i) {
    chosen[i] = best_of(ranks, taken, gate.experts);
    taken[chosen[i]] = true;
  }
  std::sort(chosen, chosen + gate.used);
  float sum = 0;
  for (std::uint32_t i = 0; i < gate.used; ++i) sum += scores[chosen[i]];
  const float factor = gate.normalised ? gate.scale / (sum + 1e-20F) : gate.scale;  // 1e-20: DeepSeek's, against no score at all
  for (std::uint32_t i = 0; i < gate.used; ++i) weights[i] = scores[chosen[i]] * factor;
}

}  // namespace lemma
