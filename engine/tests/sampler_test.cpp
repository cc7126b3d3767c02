// The sampler on small distributions where every answer is known, and the stop matcher against plain search.

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
