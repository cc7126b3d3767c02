// The prefix cache and preemption through the public engine: the same bits with and without, true counts, tenants apart, memory that
// never runs out under random load.

#include <algorithm>
#include <atomic>

#include "check.h"
#include "scheduler_case.h"

using namespace lemma_test;
using lemma::FinishReason;
using lemma::Request;
using lemma::RequestId;
using lemma::RequestKind;
using lemma::TensorType;

namespace {

constexpr std::uint64_t kPageBytes = 2 * 2 * 32 * 2 * (32 + 32);  // of the small model: layers, heads, tokens, bytes, K and V

lemma::ModelConfig config(std::uint32_t sequences, std::uint32_t pages, bool reuse = true, std::uint32_t step_tokens = 64) {
  lemma::ModelConfig config = {.model_path = model_file(TensorType::q8_0).path(), .max_sequences = sequences,
                               .cache_bytes = pages * kPageBytes, .threads = 1, .step_tokens = step_tokens};
  if (!reuse) config.prefix_cache_bytes = 0;
  return config;
}

Outcome alone(const Request& request) {
  static EngineClient client(config(1, 64, false));
  return client.ask(request).front();
}

}  // namespace

TEST(a_hit_changes_no_bit) {
  EngineClient client(config(2, 64));
  REQUIRE(client.status.ok());
  for (const std::size_t length : {31U, 32U, 33U, 64U, 96U, 97U, 150U}) {
    const Request ask = request(length, length, 30);
    const Outcome cold = client.ask(ask).front(), warm = client.ask(ask).front();
    CHECK(equal(cold, alone(ask)));
    CHECK(equal(warm, cold));
    CHECK_EQ(cold.usage.cached_tokens, 0U);
    CHECK_EQ(warm.usage.cached_tokens, static_cast<std::uint32_t>((length - 1) / 32 * 32));
    CHECK_EQ(alone(ask).usage.cached_tokens, 0U);
  }
  CHECK_EQ(client.engine->stats().pages_used, 0U);
  CHECK(client.engine->stats().pages_cached > 0);
}

TEST(the_next_turn_finds_the_answer) {
  EngineClient client(config(2, 64));
  REQUIRE(client.status.ok());
  const Request first = request(1, 100, 40);
  Request second = first;
  const std::vector<std::uint32_t> answer = client.ask(first).front().tokens;
  second.tokens.insert(second.tokens.end(), answer.begin(), answer.end());
  second.tokens.push_back(7);
  const Outcome outcome = client.ask(second).front();
  CHECK_EQ(outcome.usage.cached_tokens, 128U);  // 139 tokens were stored: the last one drawn never is
  CHECK(equal(outcome, alone(second)));
}

TEST(requests_that_come_together_compute_a_prompt_once) {
  EngineClient client(config(8, 64, true, 48));
  REQUIRE(client.status.ok());
  Gate gate(client);
  std::vector<RequestId> ids;
  std::vector<Request> asks;
  for (std::uint64_t i = 0; i < 8; ++i) {
    Request ask = request(5, 150, 20);
    ask.sampling.seed = i;
    asks.push_back(ask);
    ids.push_back(client.engine->submit(ask).value());
  }
  gate.open();
  std::uint32_t cached = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Outcome outcome = client.wait(ids[i]).front();
    CHECK(equal(outcome, alone(asks[i])));
    cached += outcome.usage.cached_tokens;
  }
  CHECK_EQ(cached, 7 * 128U);
  CHECK_EQ(client.engine->stats().cached_tokens, 7 * 128U);
  CHECK_EQ(client.engine->stats().prompt_tokens, 1 + 150 + 7 * 22U);
}

TEST(tenants_and_salts_share_nothing) {
  EngineClient client(config(8, 64));
  REQUIRE(client.status.ok());
  Request ask = request(6, 100, 4);
  const auto cached = [&](const char* tenant, const char* salt) {
    ask.tenant = tenant;
    ask.cache_salt = salt;
    return client.ask(ask).front().usage.cached_tokens;
  };
  CHECK_EQ(cached("", ""), 0U);
  CHECK_EQ(cached("a", "bc"), 0U);
  CHECK_EQ(cached("ab", "c"), 0U);
  CHECK_EQ(cached("abc", ""), 0U);
  CHECK_EQ(cached("", "abc"), 0U);
  CHECK_EQ(cached("a", ""), 0U);
  CHECK_EQ(cached("a", "bc"), 96U);
  CHECK_EQ(cached("abc", ""), 96U);
  CHECK_EQ(cached("", ""), 96U);
}

TEST(scores_leave_the_cache_alone) {
  EngineClient client(config(2, 64));
  REQUIRE(client.status.ok());
  const std::vector<std::uint32_t> text = prompt(7, 100);
  const std::vector<float> cold = client.ask({.kind = RequestKind::score, .tokens = text}).front().scores;
  CHECK_EQ(client.engine->stats().pages_cached, 0U);
  client.ask(request(7, 100, 2));
  const Outcome warm = client.ask({.kind = RequestKind::score, .tokens = text}).front();
  CHECK(warm.scores == cold);
  CHECK_EQ(warm.usage.cached_tokens, 0U);
}

TEST(the_bound_of_the_cache) {
  lemma::ModelConfig bounded = config(2, 64);
  bounded.prefix_cache_bytes = 2 * kPageBytes + 1;
  EngineClient client(bounded);
  REQUIRE(client.status.ok());
  const Request ask = request(8, 150, 4);
  client.ask(ask);
  CHECK_EQ(client.engine->stats().pages_cached, 2U);
  CHECK_EQ(client.ask(ask).front().usage.cached_tokens, 64U);
}

// Cancelled while its token is delivered, a request has ended and its pages are free before the next forward pass.
TEST(cancelling_frees_within_one_step) {
  EngineClient client(config(2, 64));
  REQUIRE(client.status.ok());
  std::uint64_t cancelled_at = 0, ended_at = 0;
  std::uint32_t used_before = 0, used_after = 99;
  client.also = [&](std::span<const lemma::Event> events) {
    const lemma::Stats stats = client.engine->stats();
    if (events[0].finish == FinishReason::abort) ended_at = stats.steps, used_after = stats.pages_used;
    if (events[0].finish != FinishReason::none || cancelled_at != 0) return;
    client.engine->cancel(events[0].request);
    cancelled_at = stats.steps, used_before = stats.pages_used;
  };
  CHECK(client.ask(request(9, 40, 0)).front().finish == FinishReason::abort);
  client.engine->dispose();
  CHECK(cancelled_at > 0);
  CHECK_EQ(ended_at, cancelled_at);
  CHECK_EQ(used_before, 2U);
  CHECK_EQ(used_after, 0U);
}

// Room for two long answers, not for six: the younger ones give way and come back, and nobody's answer changes.
TEST(preempted_requests_go_on_with_the_same_tokens) {
  for (const bool reuse : {true, false}) {
    EngineClient client(config(6, 16, reuse));
    REQUIRE(client.status.ok());
    Gate gate(client);
    std::vector<Request> asks;
    std::vector<RequestId> ids;
    for (std::uint64_t i = 0; i < 6; ++i) {
      asks.push_back(request(20 + i, 10 + 3 * i, 150));
      ids.push_back(client.engine->submit(asks.back()).value());
    }
    Request choices = request(30, 45, 90);
    choices.n = 3;
    const RequestId many = client.engine->submit(choices).value();
    gate.open();
    for (std::size_t i = 0; i < ids.size(); ++i) CHECK(equal(client.wait(ids[i]).front(), alone(asks[i])));
    const std::vector<Outcome> all = client.wait(many, 3);
    CHECK(client.engine->stats().preempted > 0);
    CHECK_EQ(client.engine->stats().pages_used, 0U);
    EngineClient wide(config(3, 64, false));
    const std::vector<Outcome> expected = wide.ask(choices);
    CHECK_EQ(wide.engine->stats().preempted, 0U);
    for (std::size_t i = 0; i < 3; ++i) CHECK(equal(all[i], expected[i]));
  }
}

TEST(preempted_choices_and_scores_go_on) {
  EngineClient client(config(8, 18));
  REQUIRE(client.status.ok());
  Gate gate(client);
  std::vector<Request> asks;
  std::vector<RequestId> ids;
  for (std::uint64_t i = 0; i < 5; ++i) {
    Request ask = request(40 + i, 20 + 11 * i, 110);
    ask.n = 3;
    asks.push_back(ask);
    ids.push_back(client.engine->submit(ask).value());
  }
  const RequestId score = client.engine->submit({.kind = RequestKind::score, .tokens = prompt(50, 250)}).value();
  gate.open();
  EngineClient wide(config(3, 64, false));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::vector<Outcome> found = client.wait(ids[i], 3), expected = wide.ask(asks[i]);
    for (std::size_t choice = 0; choice < 3; ++choice) CHECK(equal(found[choice], expected[choice]));
  }
  CHECK(client.wait(score).front().scores == wide.ask({.kind = RequestKind::score, .tokens = prompt(50, 250)}).front().scores);
  CHECK(client.engine->stats().preempted > 0);
}

// Arrivals, cancels, tenants, priorities, choices, shared beginnings and too little memory, all at once and at random.
TEST(random_load_changes_no_answer) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    Numbers numbers(seed);
    EngineClient client(config(1 + numbers.below(8), 10 + numbers.below(12), seed % 3 != 0, 24 + numbers.below(60)));
    REQUIRE(client.status.ok());
    std::atomic<int> broken = 0;
    client.also = [&](std::span<const lemma::Event>) {
      const lemma::Stats stats = client.engine->stats();
      broken += stats.pages_used + stats.pages_cached > stats.pages_total;
    };
    std::vector<Request> asks;
    std::vector<RequestId> ids;
    std::vector<bool> cancelled;
    for (int i = 0; i < 40; ++i) {
      Request ask = request(numbers.below(4), 20 + numbers.below(100), 1 + numbers.below(100));
      ask.sampling.seed = static_cast<std::uint64_t>(i);
      ask.tenant = numbers.below(2) == 0 ? "x" : "y";
      ask.priority = static_cast<std::int32_t>(numbers.below(5)) - 2;
      auto id = client.engine->submit(ask);
      REQUIRE(id.ok());
      ids.push_back(id.value());
      asks.push_back(ask);
      cancelled.push_back(numbers.below(5) == 0);
      if (numbers.below(3) == 0) client.wait_tokens(ids[numbers.below(static_cast<std::uint32_t>(ids.size()))], 1);
      if (cancelled.back()) client.engine->cancel(ids.back());
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Outcome outcome = client.wait(ids[i]).front(), expected = alone(asks[i]);
      CHECK_EQ(outcome.finishes, 1);
      if (outcome.finish != FinishReason::abort) {
        CHECK(equal(outcome, expected));
      } else {
        CHECK(cancelled[i]);
        CHECK(std::equal(outcome.tokens.begin(), outcome.tokens.end(), expected.tokens.begin()));
      }
    }
    CHECK_EQ(broken.load(), 0);
    client.ask(request(1, 5, 1));
    CHECK_EQ(client.engine->stats().pages_used, 0U);
    CHECK_EQ(client.engine->stats().running, 0U);
    CHECK_EQ(client.engine->stats().waiting, 0U);
  }
}
