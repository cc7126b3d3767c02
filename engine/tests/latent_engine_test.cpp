// A latent model in the whole engine: what a request gets depends on its own tokens alone, although prompts and replies are computed by
// different forms of attention. So pages of replies are not shared, and those of prompts are.

#include <algorithm>

#include "check.h"
#include "engine_client.h"
#include "random_latent.h"

using namespace lemma_test;

namespace {

std::vector<std::uint32_t> random_tokens(std::uint64_t seed, std::size_t count) {
  Numbers numbers(seed);
  std::vector<std::uint32_t> tokens(count);
  for (std::uint32_t& token : tokens) token = numbers.below(300);
  return tokens;
}

std::string model_bytes() {
  RandomLatent model = {.type = lemma::TensorType::q8_0, .spread = 3, .seed = 21};
  return model.bytes();
}

lemma::Request request(std::uint64_t i) {
  std::vector<std::uint32_t> tokens = random_tokens(i % 2, 40);  // two beginnings that requests share
  for (const std::uint32_t token : random_tokens(100 + i, 1 + i * 17 % 60)) tokens.push_back(token);
  return {.tokens = std::move(tokens), .sampling = {.temperature = i % 3 == 0 ? 0.0F : 0.9F, .seed = i}, .max_tokens = 40, .logprobs = 0,
          .ignore_end = true};
}

bool equal(const Outcome& a, const Outcome& b) {
  return a.tokens == b.tokens &&
         std::ranges::equal(a.logprobs, b.logprobs, {}, &lemma::TokenLogprob::logprob, &lemma::TokenLogprob::logprob);
}

}  // namespace

TEST(batches_chunks_threads_and_preemptions_change_nothing) {
  struct Setting {
    std::uint32_t sequences, threads, step_tokens;
    std::uint64_t pages;  // of the cache; 0: enough
  };
  const TemporaryFile file(model_bytes());
  std::vector<Outcome> alone;
  const std::uint64_t page_bytes = 3 * 32 * 80 * 2;
  for (const Setting& setting : {Setting{1, 1, 512, 0}, Setting{2, 2, 5, 0}, Setting{8, 3, 16, 9}, Setting{8, 2, 512, 9}}) {
    EngineClient client({.model_path = file.path(), .max_sequences = setting.sequences, .cache_bytes = setting.pages * page_bytes,
                         .threads = setting.threads, .step_tokens = setting.step_tokens});
    CHECK_EQ(client.status.message, "");
    REQUIRE(client.status.ok());
    std::vector<lemma::RequestId> ids;
    for (std::uint64_t i = 0; i < 8; ++i) ids.push_back(client.engine->submit(request(i)).value());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Outcome outcome = client.wait(ids[i]).front();
      if (setting.sequences == 1) alone.push_back(outcome);
      CHECK_EQ(outcome.tokens.size(), std::size_t{40});
      CHECK(equal(outcome, alone[i]));
    }
    if (setting.pages > 0) CHECK(client.engine->stats().preempted > 0);
    CHECK(client.engine->stats().cached_tokens > 0);
  }
}

TEST(a_reply_that_becomes_a_prompt_is_computed_as_one) {
  const TemporaryFile file(model_bytes());
  EngineClient client({.model_path = file.path(), .max_sequences = 4, .threads = 2});
  EngineClient fresh({.model_path = file.path(), .max_sequences = 4, .threads = 1, .prefix_cache_bytes = 0});
  REQUIRE(client.status.ok() && fresh.status.ok());
  lemma::Request first = request(3);
  const std::size_t prompt = first.tokens.size();
  const Outcome reply = client.ask(first).front();
  lemma::Request next = request(5);
  next.tokens = first.tokens;
  next.tokens.insert(next.tokens.end(), reply.tokens.begin(), reply.tokens.end());
  for (const std::uint32_t token : random_tokens(7, 20)) next.tokens.push_back(token);
  const Outcome warm = client.ask(next).front();
  CHECK_EQ(warm.usage.cached_tokens, static_cast<std::uint32_t>(prompt / 32 * 32));
  CHECK(equal(warm, fresh.ask(next).front()));
}

TEST(choices_share_their_prompt) {
  const TemporaryFile file(model_bytes());
  EngineClient client({.model_path = file.path(), .max_sequences = 4, .threads = 2});
  REQUIRE(client.status.ok());
  lemma::Request several = request(4);
  several.n = 3;
  const std::vector<Outcome> all = client.ask(several);
  CHECK(equal(all[0], client.ask(request(4)).front()));
  CHECK(all[1].tokens != all[0].tokens);
}

TEST(other_weights_in_place) {
  const TemporaryFile file(model_bytes());
  RandomLatent other = {.type = lemma::TensorType::q8_0, .spread = 3, .seed = 22};
  const std::string bytes = other.bytes();
  const TemporaryFile other_file(bytes);
  EngineClient client({.model_path = file.path(), .max_sequences = 2, .threads = 2});
  EngineClient expected({.model_path = other_file.path(), .max_sequences = 2, .threads = 1});
  REQUIRE(client.status.ok() && expected.status.ok());
  const Outcome before = client.ask(request(1)).front();
  CHECK_EQ(client.engine->swap_weights({.image = {bytes.begin(), bytes.end()}}).message, "");
  const Outcome after = client.ask(request(1)).front();
  CHECK(equal(after, expected.ask(request(1)).front()));
  CHECK(!equal(after, before));
}
