// The scheduler through the public engine: batch invariance, choices, limits, cancelling, overload, dispose at any moment.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <thread>

#include "check.h"
#include "scheduler_case.h"

using namespace lemma_test;
using lemma::Code;
using lemma::FinishReason;
using lemma::Request;
using lemma::RequestKind;
using lemma::TensorType;

// Tokens, texts and log-probabilities must be the same bits alone, in any batch, with any chunk size and thread count.
TEST(results_do_not_depend_on_the_batch) {
  for (const TensorType type : {TensorType::q8_0, TensorType::f32}) {
    std::vector<Request> requests;
    for (std::uint64_t i = 0; i < 12; ++i) requests.push_back(request(i, 1 + i * 9 % 70, 20 + static_cast<std::uint32_t>(i), i % 3 == 0 ? 0.0F : 0.9F));
    for (std::size_t i = 0; i < requests.size(); i += 2) {
      requests[i].sampling.repetition_penalty = 1.3F;
      requests[i].sampling.frequency_penalty = 0.4F;
      requests[i].sampling.presence_penalty = -0.3F;
      requests[i].sampling.logit_bias = {{static_cast<std::uint32_t>(i), 4}, {40, -100}};
    }
    std::vector<Outcome> alone;
    {
      EngineClient client({.model_path = model_file(type).path(), .max_sequences = 1, .threads = 1});
      REQUIRE(client.status.ok());
      for (const Request& one : requests) alone.push_back(client.ask(one).front());
    }
    struct Setting {
      std::uint32_t sequences, threads, step_tokens;
    };
    for (const Setting setting : {Setting{2, 2, 7}, Setting{7, 3, 16}, Setting{32, 2, 512}, Setting{12, 1, 13}}) {
      EngineClient client({.model_path = model_file(type).path(), .max_sequences = setting.sequences, .threads = setting.threads,
                           .step_tokens = setting.step_tokens});
      REQUIRE(client.status.ok());
      std::vector<lemma::RequestId> ids;
      for (std::size_t i = 0; i < requests.size(); ++i) ids.push_back(client.engine->submit(requests[requests.size() - 1 - i]).value());
      for (std::size_t i = 0; i < ids.size(); ++i) CHECK(equal(client.wait(ids[i]).front(), alone[requests.size() - 1 - i]));
    }
  }
}

TEST(kernel_sets_give_the_same_answers) {
  std::vector<Outcome> outcomes;
  for (const char* isa : {"scalar", "avx2", "avx512"}) {
    setenv("LEMMA_ISA", isa, 1);
    EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 4, .threads = 2});
    unsetenv("LEMMA_ISA");
    if (!client.status.ok()) {
      CHECK_EQ(client.status.code, Code::cpu);
      continue;
    }
    outcomes.push_back(client.ask(request(3, 40, 40)).front());
    CHECK(equal(outcomes.back(), outcomes.front()));
  }
  setenv("LEMMA_ISA", "sse9", 1);
  EngineClient client({.model_path = model_file(TensorType::q8_0).path()});
  unsetenv("LEMMA_ISA");
  CHECK_EQ(client.status.code, Code::cpu);
}

TEST(choices_share_a_prompt_and_differ) {
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 8, .threads = 2});
  REQUIRE(client.status.ok());
  for (const std::size_t length : {1U, 31U, 32U, 33U, 70U}) {
    Request many = request(9, length, 30);
    many.n = 5;
    const std::vector<Outcome> choices = client.ask(many);
    many.n = 1;
    const Outcome one = client.ask(many).front();
    CHECK(equal(choices[0], one));
    for (std::size_t i = 1; i < choices.size(); ++i) CHECK(choices[i].tokens != choices[0].tokens);
    many.n = 5;
    const std::vector<Outcome> again = client.ask(many);
    for (std::size_t i = 0; i < choices.size(); ++i) CHECK(equal(choices[i], again[i]));
    CHECK_EQ(choices[0].usage.prompt_tokens, static_cast<std::uint32_t>(length));
    CHECK_EQ(choices[0].usage.completion_tokens, 30U);
  }
  CHECK_EQ(client.engine->stats().pages_used, 0U);
}

TEST(scores_equal_what_sampling_reports) {
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 4, .threads = 2, .step_tokens = 16});
  REQUIRE(client.status.ok());
  const Request ask = request(5, 23, 30);
  const Outcome outcome = client.ask(ask).front();
  std::vector<std::uint32_t> all = ask.tokens;
  all.insert(all.end(), outcome.tokens.begin(), outcome.tokens.end());
  const Outcome scored = client.ask({.kind = RequestKind::score, .tokens = all, .logits_at = 30}).front();
  REQUIRE(scored.scores.size() == all.size() && outcome.logprobs.size() == 30);
  for (std::size_t i = 0; i < 30; ++i) CHECK_EQ(scored.scores[23 + i], outcome.logprobs[i].logprob);
  CHECK_EQ(scored.logits.size(), std::size_t{300});
  std::size_t best = 0;
  for (std::size_t i = 0; i < scored.logits.size(); ++i)
    if (scored.logits[i] > scored.logits[best]) best = i;
  CHECK_EQ(outcome.top_logprobs[2 * 8].token, static_cast<std::uint32_t>(best));  // token 31 of the text is the answer's token 8
}

TEST(greedy_takes_the_most_likely) {
  EngineClient client({.model_path = model_file(TensorType::f32).path(), .max_sequences = 2, .threads = 1});
  REQUIRE(client.status.ok());
  const Outcome outcome = client.ask(request(6, 12, 25, 0.0F)).front();
  for (std::size_t i = 0; i < outcome.tokens.size(); ++i) CHECK_EQ(outcome.top_logprobs[2 * i].token, outcome.tokens[i]);
}

// Log-probabilities are the model's own: what is drawn under penalties and biases scores like any given text.
TEST(penalties_change_the_draw_and_no_logprob) {
  EngineClient client({.model_path = model_file(TensorType::f32).path(), .max_sequences = 4, .threads = 1});
  REQUIRE(client.status.ok());
  Request ask = request(7, 20, 40, 0.0F);
  const Outcome plain = client.ask(ask).front();
  ask.sampling.frequency_penalty = 2;
  ask.sampling.repetition_penalty = 2;
  ask.sampling.logit_bias = {{plain.tokens[0], -100}};
  const Outcome changed = client.ask(ask).front();
  CHECK(changed.tokens != plain.tokens);
  CHECK_EQ(std::ranges::count(changed.tokens, plain.tokens[0]), 0);
  std::vector<std::uint32_t> all = ask.tokens;
  all.insert(all.end(), changed.tokens.begin(), changed.tokens.end());
  const Outcome scored = client.ask({.kind = RequestKind::score, .tokens = all}).front();
  for (std::size_t i = 0; i < changed.tokens.size(); ++i) CHECK_EQ(scored.scores[20 + i], changed.logprobs[i].logprob);
  CHECK_EQ(changed.top_logprobs[0].token, plain.tokens[0]);  // banned, and still the likeliest by the model
}

TEST(limits_and_their_errors) {
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .context_length = 64, .max_sequences = 2, .threads = 1});
  REQUIRE(client.status.ok());
  const Outcome full = client.ask(request(1, 60, 0)).front();  // to the end of the context
  CHECK_EQ(full.tokens.size(), std::size_t{4});
  CHECK(full.finish == FinishReason::length);
  client.ask(request(1, 64, 0));
  CHECK_EQ(client.last.code, Code::context);
  CHECK(client.last.message.find("64") != std::string::npos);
  client.ask(request(1, 100, 0));
  CHECK_EQ(client.last.code, Code::context);
  CHECK(client.last.message.find("100") != std::string::npos);
  CHECK(client.ask({.kind = RequestKind::score, .tokens = prompt(1, 64)}).front().scores.size() == 64);

  const auto refused = [&](auto change) {
    Request bad = request(1, 5, 5);
    change(bad);
    client.last = {};
    client.ask(bad);
    return client.last.code;
  };
  CHECK_EQ(refused([](Request& r) { r.tokens.clear(); }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.tokens[2] = 300; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.n = 3; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.sampling.temperature = -1; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.sampling.temperature = NAN; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.sampling.top_p = 0; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.sampling.min_p = 2; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.sampling.repetition_penalty = 0; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.sampling.repetition_penalty = INFINITY; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.sampling.presence_penalty = 2.1F; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.sampling.frequency_penalty = NAN; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.sampling.logit_bias = {{300, 1}}; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.sampling.logit_bias = {{2, -101}}; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.logprobs = 21; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.stop = {""}; }), Code::option);
  CHECK_EQ(refused([](Request& r) { r.logits_at = 2; }), Code::option);
  CHECK_EQ(refused([](Request&) {}), Code::ok);
}

TEST(a_bad_configuration_is_a_typed_error) {
  const std::string path = model_file(TensorType::q8_0).path();
  const auto code = [](const lemma::ModelConfig& config) { return EngineClient(config).status.code; };
  CHECK_EQ(code({.model_path = path, .device = "cuda:0"}), Code::device);
  CHECK_EQ(code({.model_path = ""}), Code::option);
  CHECK_EQ(code({.model_path = "/nowhere.gguf"}), Code::file);
  CHECK_EQ(code({.model_path = path, .context_length = 100000}), Code::option);
  CHECK_EQ(code({.model_path = path, .max_sequences = 0}), Code::option);
  CHECK_EQ(code({.model_path = path, .cache_bytes = 10}), Code::memory);
}

TEST(a_small_cache_queues_and_refuses) {
  const std::uint64_t page = 2 * 2 * 32 * 2 * (32 + 32);  // layers, heads, tokens, bytes, K and V
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 8, .cache_bytes = 3 * page, .threads = 1});
  REQUIRE(client.status.ok());
  CHECK_EQ(client.engine->stats().pages_total, 3U);
  client.ask(request(1, 90, 30));
  CHECK_EQ(client.last.code, Code::memory);
  std::vector<lemma::RequestId> ids;
  for (std::uint64_t i = 0; i < 6; ++i) ids.push_back(client.engine->submit(request(i, 40, 20)).value());  // two pages each
  for (const lemma::RequestId id : ids) CHECK_EQ(client.wait(id).front().tokens.size(), std::size_t{20});
}

TEST(a_full_queue_is_overloaded) {
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 1, .threads = 1, .max_queue = 3});
  REQUIRE(client.status.ok());
  std::vector<lemma::RequestId> ids;
  Code code = Code::ok;
  for (std::uint64_t i = 0; i < 20 && code == Code::ok; ++i) {
    auto id = client.engine->submit(request(i, 5, 200));
    code = id.status().code;
    if (id.ok()) ids.push_back(id.value());
  }
  CHECK_EQ(code, Code::overloaded);
  CHECK(ids.size() >= 3);
  for (const lemma::RequestId id : ids) CHECK(client.wait(id).front().finish == FinishReason::length);
  CHECK(client.engine->stats().refused >= 1);
}

TEST(cancelling_ends_a_request_once) {
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 2, .threads = 2});
  REQUIRE(client.status.ok());
  const lemma::RequestId running = client.engine->submit(request(1, 10, 0)).value();
  const lemma::RequestId other = client.engine->submit(request(2, 10, 200)).value();
  const lemma::RequestId waiting = client.engine->submit(request(3, 10, 0)).value();
  client.wait_tokens(running, 3);
  client.engine->cancel(waiting);
  client.engine->cancel(running);
  client.engine->cancel(running);
  client.engine->cancel(999999);
  const Outcome first = client.wait(running).front(), second = client.wait(other).front(), third = client.wait(waiting).front();
  CHECK(first.finish == FinishReason::abort || first.finish == FinishReason::length);
  CHECK(second.finish == FinishReason::length);
  CHECK_EQ(second.tokens.size(), std::size_t{200});
  CHECK(third.finish == FinishReason::abort);
  CHECK(third.tokens.empty());
  CHECK_EQ(first.finishes + second.finishes + third.finishes, 3);
  client.ask(request(4, 5, 2));
  CHECK_EQ(client.engine->stats().pages_used, 0U);
}

TEST(requests_from_within_the_callback) {
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 2, .threads = 1});
  REQUIRE(client.status.ok());
  std::atomic<lemma::RequestId> second = 0;
  client.also = [&](std::span<const lemma::Event> events) {
    for (const lemma::Event& event : events)
      if (event.finish != FinishReason::none && second == 0) second = client.engine->submit(request(8, 5, 5)).value();
  };
  client.ask(request(7, 5, 5));
  while (second == 0) std::this_thread::yield();
  CHECK_EQ(client.wait(second).front().tokens.size(), std::size_t{5});
}

TEST(dispose_at_any_moment) {
  for (int round = 0; round < 12; ++round) {
    EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 4, .threads = 2});
    REQUIRE(client.status.ok());
    std::vector<lemma::RequestId> ids;
    for (std::uint64_t i = 0; i < 8; ++i) ids.push_back(client.engine->submit(request(i, 20, 0)).value());
    if (round % 3 == 1) client.wait_tokens(ids[0], static_cast<std::size_t>(round));
    if (round % 3 == 2) {  // from the callback itself, while others do the same
      client.also = [&](std::span<const lemma::Event>) { client.engine->dispose(); };
      client.wait_tokens(ids[0], 1);
    }
    std::thread other([&] { client.engine->dispose(); });
    client.engine->dispose();
    other.join();
    for (const lemma::RequestId id : ids) {
      const Outcome outcome = client.wait(id).front();
      CHECK_EQ(outcome.finishes, 1);
    }
    CHECK_EQ(client.engine->submit(request(1, 5, 5)).status().code, Code::disposed);
    client.engine->cancel(ids[0]);
    CHECK_EQ(client.engine->stats().pages_used, 0U);
  }
}

// What an idle engine costs, in CPU time of this process.
TEST(idle_threads_sleep) {
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 2, .threads = 4});
  REQUIRE(client.status.ok());
  client.ask(request(1, 20, 20));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));  // spinning ends after a fraction of a millisecond
  const auto cpu_ms = [] {
    timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
  };
  const double before = cpu_ms();
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  CHECK(cpu_ms() - before < 50);
}

TEST(stop_strings_and_thought) {
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 4, .threads = 1});
  REQUIRE(client.status.ok());
  Request ask = request(21, 10, 60);
  const Outcome free = client.ask(ask).front();
  REQUIRE(free.text.size() > 24);
  ask.stop = {"never there, I think", free.text.substr(12, 3)};
  const Outcome stopped = client.ask(ask).front();
  CHECK(stopped.finish == FinishReason::stop);
  CHECK_EQ(stopped.text, free.text.substr(0, free.text.find(ask.stop[1])));
  CHECK(stopped.tokens.size() < free.tokens.size());
  ask.stop.clear();
  ask.starts_in_think = true;
  const Outcome thinking = client.ask(ask).front();
  CHECK(thinking.tokens == free.tokens);
  CHECK(!thinking.reasoning.empty());
  CHECK(thinking.usage.reasoning_tokens > 0 && thinking.usage.reasoning_tokens <= 60);
}

TEST(the_end_token_stops) {
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 8, .threads = 1});
  REQUIRE(client.status.ok());
  int stopped = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Request ask = request(seed, 4, 0, 2.0F);
    ask.ignore_end = false;
    const Outcome outcome = client.ask(ask).front();
    if (outcome.finish != FinishReason::stop) continue;
    ++stopped;
    CHECK_EQ(outcome.tokens.back(), 257U);
    CHECK_EQ(std::ranges::count(outcome.tokens, 257U), 1);
  }
  CHECK(stopped > 0);
}
