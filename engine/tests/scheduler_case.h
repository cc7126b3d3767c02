// What tests of the scheduler share: a small model on disk, prompts and requests by seed, and equality of outcomes.
#pragma once

#include <algorithm>
#include <atomic>
#include <memory>

#include "engine_client.h"
#include "random_model.h"

namespace lemma_test {

inline RandomModel small_model(lemma::TensorType type = lemma::TensorType::q8_0) {
  return {.layers = 2, .width = 64, .heads = 4, .kv_heads = 2, .head_dim = 32, .type = type, .text = true, .spread = 3.0};
}

inline const TemporaryFile& model_file(lemma::TensorType type) {
  static const TemporaryFile q8(small_model(lemma::TensorType::q8_0).bytes()), f32(small_model(lemma::TensorType::f32).bytes());
  return type == lemma::TensorType::q8_0 ? q8 : f32;
}

inline std::vector<std::uint32_t> prompt(std::uint64_t seed, std::size_t length) {
  Numbers numbers(seed);
  std::vector<std::uint32_t> tokens(length);
  for (std::uint32_t& token : tokens) token = numbers.below(256);
  return tokens;
}

inline lemma::Request request(std::uint64_t seed, std::size_t length, std::uint32_t max_tokens, float temperature = 1.0F) {
  return {.tokens = prompt(seed, length), .sampling = {.temperature = temperature, .seed = seed}, .max_tokens = max_tokens,
          .logprobs = 2, .ignore_end = true};
}

/// Same tokens, text, end and log-probabilities, bit for bit.
inline bool equal(const Outcome& a, const Outcome& b) {
  const auto same = [](const lemma::TokenLogprob& x, const lemma::TokenLogprob& y) { return x.token == y.token && x.logprob == y.logprob; };
  return a.tokens == b.tokens && a.text == b.text && a.finish == b.finish && std::ranges::equal(a.logprobs, b.logprobs, same) &&
         std::ranges::equal(a.top_logprobs, b.top_logprobs, same);
}

/// Holds the scheduler in its callback while requests are submitted, so that they are there together. Its own request is over then:
/// one prompt token, one answer token.
class Gate {
 public:
  explicit Gate(EngineClient& client) {
    client.also = [is_open = is_open_](std::span<const lemma::Event>) { is_open->wait(false); };
    client.wait(client.engine->submit(request(99, 1, 1)).value());
  }
  ~Gate() { open(); }
  void open() {
    *is_open_ = true;
    is_open_->notify_all();
  }

 private:
  std::shared_ptr<std::atomic<bool>> is_open_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace lemma_test
