// Penalties in time proportional to the history, not to history times vocabulary.

#include "logit_adjuster.h"

#include <algorithm>

namespace lemma {

std::span<const float> LogitAdjuster::adjust(std::span<const float> logits, const Sampling& sampling, const DrawHistory& history) {
  const bool repetition = sampling.repetition_penalty != 1 && sampling.repetition_window > 0;
  const bool frequency = sampling.frequency_penalty != 0 || sampling.presence_penalty != 0;
  if (!repetition && !frequency && sampling.logit_bias.empty()) return logits;
  row_.assign(logits.begin(), logits.end());
  counts_.resize(logits.size());
  if (repetition) {
    const std::size_t window = std::min<std::size_t>(sampling.repetition_window, history.tokens.size());
    penalise_repetition(sampling, history.tokens.last(window));
  }
  if (frequency) penalise_frequency(sampling, history.tokens.subspan(history.prompt));
  for (const LogitBias& bias : sampling.logit_bias) row_[bias.token] += bias.bias;
  return row_;
}

void LogitAdjuster::penalise_repetition(const Sampling& sampling, std::span<const std::uint32_t> tokens) {
  for (const std::uint32_t token : tokens) {
    if (counts_[token]++ > 0) continue;
    float& logit = row_[token];
    logit = logit > 0 ? logit / sampling.repetition_penalty : logit * sampling.repetition_penalty;
  }
  for (const std::uint32_t token : tokens) counts_[token] = 0;
}

void LogitAdjuster::penalise_frequency(const Sampling& sampling, std::span<const std::uint32_t> answer) {
  for (const std::uint32_t token : answer) ++counts_[token];
  for (const std::uint32_t token : answer) {
    if (counts_[token] == 0) continue;  // done
    row_[token] -= static_cast<float>(counts_[token]) * sampling.frequency_penalty + sampling.presence_penalty;
    counts_[token] = 0;
  }
}

}  // namespace lemma
