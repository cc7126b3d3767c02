// The sampler on small distributions where every answer is known, penalties against their formulas, and the stop matcher against plain search.

#include <algorithm>
#include <cmath>

#include "check.h"
#include "kernels/dispatch.h"
#include "random.h"
#include "random_model.h"
#include "sampler.h"
#include "stop_matcher.h"

using namespace lemma;
using lemma_test::Numbers;

namespace {

// How often each token is drawn, in shares.
std::vector<double> frequencies(const std::vector<float>& logits, const Sampling& sampling, int draws = 5000) {
  Sampler sampler(kScalarKernels);
  std::vector<double> shares(logits.size());
  for (int i = 0; i < draws; ++i) shares[sampler.draw(logits, sampling, (i + 0.5) / draws)] += 1.0 / draws;
  return shares;
}

std::vector<float> logs(std::initializer_list<double> probabilities) {
  std::vector<float> logits;
  for (const double p : probabilities) logits.push_back(static_cast<float>(std::log(p)) + 3.0F);
  return logits;
}

void check_shares(const std::vector<double>& found, const std::vector<double>& expected) {
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK_NEAR(found[i], expected[i], 2e-3);
}

}  // namespace

TEST(plain_sampling_follows_the_distribution) {
  check_shares(frequencies(logs({0.1, 0.5, 0.4}), {}), {0.1, 0.5, 0.4});
}

TEST(temperature_sharpens) {
  check_shares(frequencies(logs({0.2, 0.8}), {.temperature = 0.5F}), {0.04 / 0.68, 0.64 / 0.68});
  check_shares(frequencies(logs({0.2, 0.8}), {.temperature = 0.0F}), {0, 1});
  Sampler sampler(kScalarKernels);
  CHECK_EQ(sampler.draw(std::vector<float>{1, 7, 7, 3}, {.temperature = 0.0F}, 0.9), 1U);  // ties: the smaller id
}

TEST(truncations) {
  const std::vector<float> logits = logs({0.1, 0.3, 0.4, 0.2});
  check_shares(frequencies(logits, {.top_k = 2}), {0, 3.0 / 7, 4.0 / 7, 0});
  check_shares(frequencies(logits, {.top_k = 1}), {0, 0, 1, 0});
  check_shares(frequencies(logits, {.top_p = 0.69F}), {0, 3.0 / 7, 4.0 / 7, 0});
  check_shares(frequencies(logits, {.top_p = 0.71F}), {0, 3.0 / 9, 4.0 / 9, 2.0 / 9});
  check_shares(frequencies(logits, {.top_p = 1e-6F}), {0, 0, 1, 0});
  check_shares(frequencies(logits, {.min_p = 0.6F}), {0, 3.0 / 7, 4.0 / 7, 0});
  // top-p counts within top-k: of 4/7 and 3/7 the first alone is not 0.6.
  check_shares(frequencies(logits, {.top_k = 2, .top_p = 0.6F}), {0, 3.0 / 7, 4.0 / 7, 0});
  check_shares(frequencies(logits, {.top_k = 2, .top_p = 0.5F}), {0, 0, 1, 0});
  check_shares(frequencies(logits, {.top_k = 3, .min_p = 0.6F}), {0, 3.0 / 7, 4.0 / 7, 0});
}

TEST(small_weights_are_reached) {
  std::vector<float> logits(500, -6.0F);
  logits[77] = 0.0F;
  const double rest = 499 * std::exp(-6.0);
  CHECK_NEAR(frequencies(logits, {.top_p = 0.99999F}, 2000)[77], 1 / (1 + rest), 5e-3);
}

TEST(hostile_logits_stay_in_range) {
  Sampler sampler(kScalarKernels);
  const float infinity = INFINITY;
  for (const std::vector<float>& logits : {std::vector<float>{NAN, NAN, NAN}, {-infinity, -infinity, -infinity}, {infinity, infinity, 1}, {NAN, 1, 2}})
    for (const Sampling& sampling : {Sampling{}, Sampling{.temperature = 0.0F}, Sampling{.top_k = 2}, Sampling{.top_p = 0.5F}, Sampling{.temperature = 1e-30F}})
      for (const double random : {0.0, 0.5, 0.9999999})
        CHECK(sampler.draw(logits, sampling, random) < logits.size());
}

TEST(logprobs_are_the_models_own) {
  for (const KernelTable* kernels : runnable_kernels()) {
    Sampler sampler(*kernels);
    const std::vector<float> logits = logs({0.1, 0.3, 0.4, 0.2});
    TokenLogprob top[3];
    CHECK_NEAR(static_cast<double>(sampler.logprob(logits, 0, top)), std::log(0.1), 1e-6);
    CHECK_EQ(top[0].token, 2U);
    CHECK_EQ(top[1].token, 1U);
    CHECK_EQ(top[2].token, 3U);
    CHECK_NEAR(static_cast<double>(top[1].logprob), std::log(0.3), 1e-6);
  }
}

TEST(random_numbers_are_uniform_and_separate) {
  double sum = 0, squares = 0;
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const double x = uniform(42, i % 7, i);
    CHECK(x >= 0 && x < 1);
    sum += x;
    squares += x * x;
  }
  CHECK_NEAR(sum / 10000, 0.5, 0.01);
  CHECK_NEAR(squares / 10000, 1.0 / 3, 0.01);
  CHECK(uniform(1, 0, 5) != uniform(2, 0, 5));
  CHECK(uniform(1, 0, 5) != uniform(1, 1, 5));
  CHECK(uniform(1, 0, 5) != uniform(1, 0, 6));
}

TEST(stop_matcher_equals_plain_search) {
  Numbers numbers(3);
  const auto word = [&](std::uint32_t length) {
    std::string text;
    for (std::uint32_t i = 0; i < length; ++i) text += static_cast<char>('a' + numbers.below(2));
    return text;
  };
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::string> stops;
    for (std::uint32_t i = numbers.below(3); i < 3; ++i) stops.push_back(word(1 + numbers.below(6)));
    const std::string text = word(1 + numbers.below(20));
    StopMatcher matcher(stops);
    std::string out;
    std::size_t at = 0;
    bool found = false;
    while (at < text.size() && !found) {
      const std::size_t n = std::min<std::size_t>(1 + numbers.below(4), text.size() - at);
      found = matcher.push(text.substr(at, n), out);
      at += n;
    }
    if (!found) matcher.finish(out);
    // The stop that is complete first wins; with one stop that is the first occurrence.
    std::size_t first = std::string::npos;
    for (const std::string& stop : stops) first = std::min(first, text.substr(0, at).find(stop));
    CHECK_EQ(found, first != std::string::npos);
    CHECK_EQ(out, text.substr(0, first));
  }
}

namespace {

// The formulas of logit_adjuster.h, token by token, as slowly as they are written.
std::vector<float> adjusted(const std::vector<float>& logits, const Sampling& sampling, const std::vector<std::uint32_t>& tokens,
                            std::size_t prompt) {
  std::vector<float> out = logits;
  for (std::uint32_t id = 0; id < out.size(); ++id) {
    bool recent = false;
    float count = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i] != id) continue;
      recent = recent || i + sampling.repetition_window >= tokens.size();
      if (i >= prompt) count += 1;
    }
    if (recent) out[id] = out[id] > 0 ? out[id] / sampling.repetition_penalty : out[id] * sampling.repetition_penalty;
    out[id] -= count * sampling.frequency_penalty + (count > 0 ? sampling.presence_penalty : 0.0F);
    for (const LogitBias& bias : sampling.logit_bias)
      if (bias.token == id) out[id] += bias.bias;
  }
  return out;
}

}  // namespace

TEST(penalties_and_biases_equal_their_formulas) {
  Numbers numbers(8);
  Sampler sampler(kScalarKernels);
  LogitAdjuster adjuster;
  for (int round = 0; round < 400; ++round) {
    std::vector<float> logits(2 + numbers.below(40));
    for (float& logit : logits) logit = 4 * numbers.normal();
    const auto vocabulary = static_cast<std::uint32_t>(logits.size());
    std::vector<std::uint32_t> tokens(numbers.below(120));
    for (std::uint32_t& token : tokens) token = numbers.below(vocabulary);
    const std::size_t prompt = numbers.below(static_cast<std::uint32_t>(tokens.size()) + 1);
    const auto maybe = [&](float value, float off) { return numbers.below(2) == 0 ? off : value; };
    Sampling sampling = {.temperature = maybe(0.8F, 0), .repetition_penalty = maybe(0.5F + static_cast<float>(numbers.uniform()), 1),
                         .repetition_window = numbers.below(80), .presence_penalty = maybe(numbers.normal() / 3, 0),
                         .frequency_penalty = maybe(numbers.normal() / 3, 0)};
    for (std::uint32_t i = numbers.below(4); i > 0; --i) sampling.logit_bias.push_back({numbers.below(vocabulary), 10 * numbers.normal()});
    const std::vector<float> expected = adjusted(logits, sampling, tokens, prompt);
    const std::span<const float> found = adjuster.adjust(logits, sampling, {tokens, prompt});
    for (std::size_t i = 0; i < expected.size(); ++i) CHECK_EQ(found[i], expected[i]);
    const double random = numbers.uniform();
    CHECK_EQ(sampler.draw(logits, sampling, random, {tokens, prompt}), sampler.draw(expected, {.temperature = sampling.temperature}, random));
  }
}

TEST(penalties_by_hand) {
  LogitAdjuster adjuster;
  const std::vector<float> logits = {2, -2, 1, 0};
  const std::vector<std::uint32_t> tokens = {0, 1, 2, 2, 2};  // the prompt is 0 1 2
  const auto check_row = [&](const Sampling& sampling, std::initializer_list<float> expected) {
    CHECK(std::ranges::equal(adjuster.adjust(logits, sampling, {tokens, 3}), expected));
  };
  check_row({.repetition_penalty = 2}, {1, -4, 0.5F, 0});                             // the whole history is recent
  check_row({.repetition_penalty = 2, .repetition_window = 4}, {2, -4, 0.5F, 0});     // token 0 has left the window
  check_row({.repetition_penalty = 2, .repetition_window = 0}, {2, -2, 1, 0});
  check_row({.presence_penalty = 0.5F}, {2, -2, 0.5F, 0});                            // the prompt doesn't count
  check_row({.frequency_penalty = 0.5F}, {2, -2, 0, 0});
  check_row({.logit_bias = {{3, 5}, {3, -2}, {1, 1}}}, {2, -1, 1, 3});                // same token: they add up
  CHECK_EQ(adjuster.adjust(logits, {.temperature = 0.3F, .top_k = 2}, {tokens, 3}).data(), logits.data());  // nothing to do: no copy
}

TEST(bans_and_compulsion) {
  const std::vector<float> logits = logs({0.1, 0.5, 0.4});
  check_shares(frequencies(logits, {.logit_bias = {{1, -100}}}), {0.2, 0, 0.8});
  check_shares(frequencies(logits, {.logit_bias = {{0, 100}}}), {1, 0, 0});
  check_shares(frequencies(logits, {.temperature = 0, .logit_bias = {{2, 1}}}), {0, 0, 1});
}
