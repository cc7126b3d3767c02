// Changes a row of logits by what a choice has written so far and by the request's biases, before temperature and filters. The
// model's own log-probabilities are read from the row as it was. One adjuster a thread: it owns scratch memory.
//
// In this order, each once for a token:
//  1. repetition: every token among the last `repetition_window` of prompt and answer has its logit divided by
//     `repetition_penalty` where it is positive, else multiplied by it. Division is Keskar et al. 2019 (CTRL, arXiv 1909.05858,
//     section 4.1); multiplying negative ones, so that a penalty never favours a token, and the window of 64 over prompt and answer
//     are llama.cpp's (`penalty_last_n`). A window of the whole context is what transformers does.
//  2. frequency and presence: logit -= count * frequency_penalty + (count > 0) * presence_penalty, where `count` is how often the
//     answer holds the token; the prompt does not count (OpenAI's API reference; the formula also in vLLM and llama.cpp).
//  3. bias: logit += bias. -100 bans a token and 100 makes it the only one where logits stay within their usual range.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "lemma.h"

namespace lemma {

/// The tokens that a draw follows: a prompt of `prompt` tokens, then the answer so far.
struct DrawHistory {
  std::span<const std::uint32_t> tokens = {};
  std::size_t prompt = 0;
};

class LogitAdjuster {
 public:
  /// The adjusted row, valid until the next call; `logits` itself where the sampling asks for no change. Tokens of the history
  /// and of the biases must be below logits.size().
  std::span<const float> adjust(std::span<const float> logits, const Sampling& sampling, const DrawHistory& history);

 private:
  void penalise_repetition(const Sampling& sampling, std::span<const std::uint32_t> tokens);
  void penalise_frequency(const Sampling& sampling, std::span<const std::uint32_t> answer);

  std::vector<float> row_;
  std::vector<std::uint32_t> counts_;  // by token; all zero between calls
};

}  // namespace lemma
