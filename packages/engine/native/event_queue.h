// Carries the engine's events from its scheduler thread to JavaScript: one crossing a step at most, and none while JavaScript
// has not yet drained the last one. The scheduler never waits: it appends to a buffer under a short lock.
//
// JavaScript gets four values a call: numbers (Uint32Array, kNumbers a event), text (all thoughts and answers end to end),
// tokens (Uint32Array) and floats (Float32Array). The layout of an event's numbers is `enum Slot`.
//
// The crossing uses plain Node-API and checks each status: while an environment is torn down every call fails, and the C++
// wrapper's exceptions can't be thrown there.
#pragma once

#include <napi.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "lemma_engine.h"

namespace lemma_node {

class EventQueue : public std::enable_shared_from_this<EventQueue> {
 public:
  /// Positions in an event's numbers; src/engine-events.ts reads them by the same names.
  enum Slot : std::uint32_t {
    kRequestLow, kRequestHigh, kChoice, kFinish,
    kReasoningUnits,  // UTF-16 code units of `text`
    kTextUnits,
    kMessageUnits,    // an error's message, behind the two
    kCode,            // an error's Code
    kTokens,          // then the tokens of `tokens`: new ones, then top_logprobs'
    kTopTokens,
    kFloats,          // of `floats`: logprobs, top_logprobs, scores, logits, in this order
    kPromptTokens, kCachedTokens, kCompletionTokens, kReasoningTokens,
    kNumbers,
  };

  /// Starts delivering to `callback`, which is kept until close(). On the JavaScript thread.
  void open(Napi::Env env, const Napi::Function& callback);
  /// Takes a step's events; on the scheduler's thread.
  void push(std::span<const lemma::Event> events);
  /// No call into JavaScript begins after this. On the JavaScript thread; may be called twice.
  void close();
  /// Whether open requests keep the process alive. On the JavaScript thread.
  void keep_alive(Napi::Env env, bool alive);

 private:
  struct Batch {
    std::vector<std::uint32_t> numbers;
    std::string text;
    std::vector<std::uint32_t> tokens;
    std::vector<float> floats;
  };

  void append(const lemma::Event& event);
  void drain(napi_env env, napi_value callback);
  static void call(napi_env env, napi_value callback, void* context, void* data);

  std::mutex mutex_;
  Batch batch_;
  std::atomic<bool> pending_ = false;
  std::atomic<bool> closed_ = true;
  napi_threadsafe_function function_ = nullptr;
};

}  // namespace lemma_node
