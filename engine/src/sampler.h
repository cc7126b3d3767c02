// Draws a token from a row of logits. Order: penalties and biases (logit_adjuster.h), temperature, top-k, top-p, min-p. Ties go to
// the smaller token id, so the result depends on the logits, the history and the random number only. One sampler a thread: it
// owns scratch memory.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kernels/kernels.h"
#include "lemma_engine.h"
#include "logit_adjuster.h"

namespace lemma {

class Sampler {
 public:
  explicit Sampler(const KernelTable& kernels) : kernels_(&kernels) {}

  /// `random` is uniform in [0, 1). NaN logits count as minus infinity.
  std::uint32_t draw(std::span<const float> logits, const Sampling& sampling, double random, const DrawHistory& history = {});
  /// The model's own log-probability of `token`, and of the `top.size()` most likely tokens, most likely first.
  float logprob(std::span<const float> logits, std::uint32_t token, std::span<TokenLogprob> top);

 private:
  struct Candidate {
    std::uint32_t token;
    float weight;
  };

  void keep_top_k(std::span<const float> weights, std::uint32_t k);
  void keep_top_p(std::span<const float> weights, double mass);

  const KernelTable* kernels_;
  LogitAdjuster adjuster_;
  std::vector<float> weights_;
  std::vector<Candidate> candidates_;  // most likely first
};

}  // namespace lemma
