// Sampling without sorting the vocabulary: top-k keeps a heap of k, top-p gathers by falling thresholds until the mass is there.

#include "sampler.h"

#include <algorithm>
#include <cmath>

namespace lemma {
namespace {

constexpr auto kMoreLikely = [](const auto& a, const auto& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.token < b.token;
};

std::uint32_t most_likely(std::span<const float> logits) {
  std::uint32_t best = 0;
  float most = -INFINITY;
  for (std::uint32_t i = 0; i < logits.size(); ++i)
    if (logits[i] > most) most = logits[i], best = i;
  return best;
}

}  // namespace

std::uint32_t Sampler::draw(std::span<const float> own, const Sampling& sampling, double random, const DrawHistory& history) {
  const std::span<const float> logits = adjuster_.adjust(own, sampling, history);
  if (!(sampling.temperature > 0)) return most_likely(logits);
  weights_.resize(logits.size());
  float largest = 0, total = 0;
  kernels_->softmax(logits.data(), static_cast<std::uint32_t>(logits.size()), 1.0F / sampling.temperature, weights_.data(),
                    &largest, &total);
  const bool all = (sampling.top_k == 0 || sampling.top_k >= logits.size()) && sampling.top_p >= 1 && sampling.min_p <= 0;
  if (all) {
    double left = random * static_cast<double>(total);
    for (std::uint32_t i = 0; i < logits.size(); ++i) {
      left -= static_cast<double>(weights_[i]);
      if (left < 0) return i;
    }
    return most_likely(logits);  // rounding left a little over
  }
  if (sampling.top_k > 0 && sampling.top_k < logits.size()) {
    keep_top_k(weights_, sampling.top_k);
    total = 0;
    for (const Candidate& candidate : candidates_) total += candidate.weight;
  } else {
    keep_top_p(weights_, sampling.top_p < 1 ? static_cast<double>(sampling.top_p) * static_cast<double>(total)
                                            : static_cast<double>(INFINITY));
  }
  // The shortest prefix whose mass reaches top-p; at least one. Then min-p, relative to the most likely, whose weight is 1.
  double mass = 0;
  std::size_t kept = 0;
  while (kept < candidates_.size() && (kept == 0 || mass < static_cast<double>(sampling.top_p) * static_cast<double>(total)))
    mass += static_cast<double>(candidates_[kept++].weight);
  while (kept > 1 && candidates_[kept - 1].weight < sampling.min_p * candidates_[0].weight)
    mass -= static_cast<double>(candidates_[--kept].weight);
  double left = random * mass;
  for (std::size_t i = 0; i < kept; ++i) {
    left -= static_cast<double>(candidates_[i].weight);
    if (left < 0) return candidates_[i].token;
  }
  return candidates_[0].token;
}

void Sampler::keep_top_k(std::span<const float> weights, std::uint32_t k) {
  candidates_.clear();
  for (std::uint32_t i = 0; i < weights.size(); ++i) {
    if (std::isnan(weights[i])) continue;
    if (candidates_.size() == k) {
      if (!(weights[i] > candidates_.front().weight)) continue;  // the heap's front is its least likely
      std::pop_heap(candidates_.begin(), candidates_.end(), kMoreLikely);
      candidates_.pop_back();
    }
    candidates_.push_back({i, weights[i]});
    std::push_heap(candidates_.begin(), candidates_.end(), kMoreLikely);
  }
  std::sort(candidates_.begin(), candidates_.end(), kMoreLikely);
}

// All tokens above the largest threshold 2^-4i under which the gathered mass reaches `mass`.
void Sampler::keep_top_p(std::span<const float> weights, double mass) {
  for (float threshold = 0x1p-4F;; threshold *= 0x1p-4F) {
    const bool everything = threshold < 0x1p-140F;
    candidates_.clear();
    double gathered = 0;
    for (std::uint32_t i = 0; i < weights.size(); ++i)
      if (weights[i] >= threshold || everything) {
        candidates_.push_back({i, weights[i]});
        gathered += static_cast<double>(weights[i]);
      }
    if (gathered >= mass || everything || candidates_.size() == weights.size()) break;
  }
  std::sort(candidates_.begin(), candidates_.end(), kMoreLikely);
}

float Sampler::logprob(std::span<const float> logits, std::uint32_t token, std::span<TokenLogprob> top) {
  float largest = 0, total = 0;
  kernels_->softmax(logits.data(), static_cast<std::uint32_t>(logits.size()), 1.0F, nullptr, &largest, &total);
  const double base = static_cast<double>(largest) + std::log(static_cast<double>(total));
  const auto of = [&](std::uint32_t id) { return static_cast<float>(static_cast<double>(logits[id]) - base); };
  if (!top.empty()) {
    keep_top_k(logits, static_cast<std::uint32_t>(top.size()));
    for (std::size_t i = 0; i < top.size(); ++i)
      top[i] = i < candidates_.size() ? TokenLogprob{candidates_[i].token, of(candidates_[i].token)} : TokenLogprob{0, -INFINITY};
  }
  return of(token);
}

}  // namespace lemma
