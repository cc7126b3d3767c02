// Runs requests on an engine and gathers what each choice got: what a binding does, for tests.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "lemma_engine.h"

namespace lemma_test {

struct Outcome {
  std::vector<std::uint32_t> tokens;
  std::string reasoning, text;
  std::vector<lemma::TokenLogprob> logprobs, top_logprobs;
  std::vector<float> scores, logits;
  lemma::FinishReason finish = lemma::FinishReason::none;
  lemma::Usage usage;
  int finishes = 0;
  int events = 0;
};

class EngineClient {
 public:
  explicit EngineClient(const lemma::ModelConfig& config) {
    auto loaded = lemma::Engine::load(config, [this](std::span<const lemma::Event> events) { hear(events); });
    status = loaded.status();
    if (loaded.ok()) engine = loaded.take();
  }
  ~EngineClient() {
    if (engine) engine->dispose();
  }

  /// Waits for all choices of a request.
  std::vector<Outcome> wait(lemma::RequestId id, std::uint32_t choices = 1) {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] {
      for (std::uint32_t c = 0; c < choices; ++c)
        if (outcomes_[{id, c}].finish == lemma::FinishReason::none) return false;
      return true;
    });
    std::vector<Outcome> all;
    for (std::uint32_t c = 0; c < choices; ++c) all.push_back(outcomes_[{id, c}]);
    return all;
  }
  /// Waits until a request has at least this many tokens.
  void wait_tokens(lemma::RequestId id, std::size_t count) {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return outcomes_[{id, 0}].tokens.size() >= count || outcomes_[{id, 0}].finishes > 0; });
  }
  std::vector<Outcome> ask(lemma::Request request) {
    const std::uint32_t choices = request.n;
    auto id = engine->submit(std::move(request));
    if (!id.ok()) {
      last = id.status();
      return std::vector<Outcome>(choices);
    }
    return wait(id.value(), choices);
  }

  std::unique_ptr<lemma::Engine> engine;
  lemma::Status status, last;
  std::function<void(std::span<const lemma::Event>)> also;  // called on the scheduler's thread

 private:
  void hear(std::span<const lemma::Event> events) {
    {
      const std::lock_guard lock(mutex_);
      for (const lemma::Event& event : events) {
        Outcome& outcome = outcomes_[{event.request, event.choice}];
        outcome.tokens.insert(outcome.tokens.end(), event.tokens.begin(), event.tokens.end());
        outcome.logprobs.insert(outcome.logprobs.end(), event.logprobs.begin(), event.logprobs.end());
        outcome.top_logprobs.insert(outcome.top_logprobs.end(), event.top_logprobs.begin(), event.top_logprobs.end());
        outcome.scores.insert(outcome.scores.end(), event.scores.begin(), event.scores.end());
        outcome.logits.insert(outcome.logits.end(), event.logits.begin(), event.logits.end());
        outcome.reasoning += event.reasoning;
        outcome.text += event.text;
        outcome.usage = event.usage;
        ++outcome.events;
        if (event.finish == lemma::FinishReason::none) continue;
        outcome.finish = event.finish;
        ++outcome.finishes;
      }
    }
    arrived_.notify_all();
    if (also) also(events);
  }

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::map<std::pair<lemma::RequestId, std::uint32_t>, Outcome> outcomes_;
};

}  // namespace lemma_test
