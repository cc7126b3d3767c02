// The gate against numbers that were computed by hand from its equations: bias, groups, normalisation, ties, and what is no number.

#include "expert_gate.h"

#include <cmath>
#include <limits>
#include <vector>

#include "check.h"
#include "kernels/dispatch.h"

using lemma::ExpertGate;
using lemma::Gating;

namespace {

struct Choice {
  std::vector<std::uint32_t> experts;
  std::vector<float> weights;
};

Choice choose(const ExpertGate& gate, const std::vector<float>& logits, const std::vector<float>& bias = {},
              const lemma::KernelTable& kernels = lemma::kScalarKernels) {
  std::vector<float> work(lemma::gate_work(gate.experts));
  Choice choice = {std::vector<std::uint32_t>(gate.used), std::vector<float>(gate.used)};
  choose_experts(gate, kernels, logits.data(), bias.empty() ? nullptr : bias.data(), work.data(), choice.experts.data(), choice.weights.data());
  return choice;
}

float logit(double p) { return static_cast<float>(std::log(p / (1 - p))); }

void check_choice(const Choice& choice, const std::vector<std::uint32_t>& experts, const std::vector<double>& weights) {
  CHECK(choice.experts == experts);
  for (std::size_t i = 0; i < weights.size(); ++i) CHECK_NEAR(static_cast<double>(choice.weights[i]), weights[i], 1e-6);
}

}  // namespace

TEST(sigmoid_scores_are_weights) {
  const ExpertGate gate = {.experts = 4, .used = 2, .gating = Gating::sigmoid};
  check_choice(choose(gate, {logit(0.2), logit(0.9), logit(0.4), logit(0.7)}), {1, 3}, {0.9, 0.7});
}

TEST(normalised_and_scaled) {
  const ExpertGate gate = {.experts = 4, .used = 2, .gating = Gating::sigmoid, .normalised = true, .scale = 2.5F};
  check_choice(choose(gate, {logit(0.2), logit(0.9), logit(0.4), logit(0.7)}), {1, 3}, {2.5 * 0.9 / 1.6, 2.5 * 0.7 / 1.6});
}

// A bias chooses and does not weigh. All ranks are negative here: an expert that is out of the race must not win as a zero.
TEST(a_negative_bias_chooses_only) {
  const ExpertGate gate = {.experts = 4, .used = 2, .groups = 2, .used_groups = 1, .gating = Gating::sigmoid};
  const std::vector<float> logits = {logit(0.2), logit(0.9), logit(0.4), logit(0.7)};
  // Ranks -1.8, -1.9, -1.3, -1.4: the second group.
  check_choice(choose(gate, logits, {-2.0F, -2.8F, -1.7F, -2.1F}), {2, 3}, {0.4, 0.7});
  // Ranks -0.8, -1.1, -1.6, -1.3: the first group, although 3 is better than nothing.
  check_choice(choose(gate, logits, {-1.0F, -2.0F, -2.0F, -2.0F}), {0, 1}, {0.2, 0.9});
}

// Groups count by their two best: 0.9 + 0.1 loses to 0.6 + 0.55.
TEST(groups_by_their_two_best) {
  const ExpertGate gate = {.experts = 6, .used = 2, .groups = 2, .used_groups = 1, .gating = Gating::sigmoid};
  check_choice(choose(gate, {logit(0.9), logit(0.1), logit(0.05), logit(0.5), logit(0.6), logit(0.55)}), {4, 5}, {0.6, 0.55});
  const ExpertGate both = {.experts = 6, .used = 2, .groups = 2, .used_groups = 2, .gating = Gating::sigmoid};
  check_choice(choose(both, {logit(0.9), logit(0.1), logit(0.05), logit(0.5), logit(0.6), logit(0.55)}), {0, 4}, {0.9, 0.6});
}

TEST(softmax_scores_are_shares_of_all) {
  const ExpertGate gate = {.experts = 3, .used = 2};
  const std::vector<float> logits = {std::log(2.0F), std::log(5.0F), std::log(3.0F)};
  check_choice(choose(gate, logits), {1, 2}, {0.5, 0.3});
  const ExpertGate normalised = {.experts = 3, .used = 2, .normalised = true};
  check_choice(choose(normalised, logits), {1, 2}, {0.625, 0.375});
}

// With a bias of 12 a score of 1e-6 cannot be had back from the sum of both.
TEST(small_scores_beside_a_large_bias) {
  const ExpertGate gate = {.experts = 2, .used = 1, .gating = Gating::sigmoid};
  const Choice choice = choose(gate, {logit(1e-6), logit(0.5)}, {12.0F, 0.0F});
  CHECK_EQ(choice.experts[0], 0U);
  CHECK_NEAR(static_cast<double>(choice.weights[0]), 1e-6, 1e-11);
}

TEST(the_first_of_equals) {
  const ExpertGate gate = {.experts = 5, .used = 3, .gating = Gating::sigmoid};
  check_choice(choose(gate, {0, 0, 1, 0, 0}), {0, 1, 2}, {0.5, 0.5, 1 / (1 + std::exp(-1.0))});
}

// Weights of a hostile file: numbers in range come out whatever goes in.
TEST(what_is_no_number_chooses_someone) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  for (const Gating gating : {Gating::softmax, Gating::sigmoid}) {
    const ExpertGate gate = {.experts = 6, .used = 3, .groups = 3, .used_groups = 2, .gating = gating, .normalised = true};
    const std::vector<std::vector<float>> rows = {std::vector<float>(6, nan), {nan, 1, nan, 2, nan, 3}, {infinity, -infinity, 0, nan, 1, 2}};
    for (const std::vector<float>& logits : rows) {
      const Choice choice = choose(gate, logits);
      for (std::size_t i = 0; i < 3; ++i) CHECK(choice.experts[i] < 6 && (i == 0 || choice.experts[i] > choice.experts[i - 1]));
    }
  }
}

TEST(every_kernel_set_gives_the_same_bits) {
  for (const Gating gating : {Gating::softmax, Gating::sigmoid}) {
    const ExpertGate gate = {.experts = 24, .used = 5, .groups = 4, .used_groups = 2, .gating = gating, .normalised = true, .scale = 2.5F};
    for (int round = 0; round < 50; ++round) {
      std::vector<float> logits, bias;
      for (int e = 0; e < 24; ++e) {
        logits.push_back(static_cast<float>(std::sin(17.0 * e + round)) * 3);
        bias.push_back(static_cast<float>(std::cos(5.0 * e - round)));
      }
      const Choice expected = choose(gate, logits, bias);
      for (const lemma::KernelTable* kernels : lemma::runnable_kernels()) {
        const Choice found = choose(gate, logits, bias, *kernels);
        CHECK(found.experts == expected.experts && found.weights == expected.weights);
      }
    }
  }
}
