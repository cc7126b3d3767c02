// Packing of events on the scheduler's thread, unpacking into typed arrays on JavaScript's.

#include "event_queue.h"

#include <cstring>

namespace lemma_node {
namespace {

/// UTF-16 code units of valid UTF-8.
std::uint32_t utf16_units(std::string_view text) {
  std::uint32_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0U) != 0x80U;
    units += byte >= 0xF0U;
  }
  return units;
}

template <class Array, class T>
Array to_array(Napi::Env env, const std::vector<T>& values) {
  Array array = Array::New(env, values.size());
  if (!values.empty()) std::memcpy(array.Data(), values.data(), values.size() * sizeof(T));
  return array;
}

}  // namespace

void EventQueue::open(Napi::Env env, const Napi::Function& callback) {
  function_ = Napi::ThreadSafeFunction::New(env, callback, "lemma events", 0, 1);
  function_.Unref(env);  // a loaded model alone doesn't keep the process alive
  closed_ = false;
}

void EventQueue::append(const lemma::Event& event) {
  std::uint32_t numbers[kNumbers] = {};
  numbers[kRequestLow] = static_cast<std::uint32_t>(event.request);
  numbers[kRequestHigh] = static_cast<std::uint32_t>(event.request >> 32U);
  numbers[kChoice] = event.choice;
  numbers[kFinish] = static_cast<std::uint32_t>(event.finish);
  numbers[kReasoningUnits] = utf16_units(event.reasoning);
  numbers[kTextUnits] = utf16_units(event.text);
  numbers[kMessageUnits] = utf16_units(event.status.message);
  numbers[kCode] = static_cast<std::uint32_t>(event.status.code);
  numbers[kTokens] = static_cast<std::uint32_t>(event.tokens.size());
  numbers[kTopTokens] = static_cast<std::uint32_t>(event.top_logprobs.size());
  numbers[kFloats] = static_cast<std::uint32_t>(event.logprobs.size() + event.top_logprobs.size() +
                                                event.scores.size() + event.logits.size());
  numbers[kPromptTokens] = event.usage.prompt_tokens;
  numbers[kCachedTokens] = event.usage.cached_tokens;
  numbers[kCompletionTokens] = event.usage.completion_tokens;
  numbers[kReasoningTokens] = event.usage.reasoning_tokens;
  batch_.numbers.insert(batch_.numbers.end(), numbers, numbers + kNumbers);
  batch_.text += event.reasoning;
  batch_.text += event.text;
  batch_.text += event.status.message;
  batch_.tokens.insert(batch_.tokens.end(), event.tokens.begin(), event.tokens.end());
  for (const lemma::TokenLogprob& top : event.top_logprobs) batch_.tokens.push_back(top.token);
  for (const lemma::TokenLogprob& own : event.logprobs) batch_.floats.push_back(own.logprob);
  for (const lemma::TokenLogprob& top : event.top_logprobs) batch_.floats.push_back(top.logprob);
  batch_.floats.insert(batch_.floats.end(), event.scores.begin(), event.scores.end());
  batch_.floats.insert(batch_.floats.end(), event.logits.begin(), event.logits.end());
}

void EventQueue::push(std::span<const lemma::Event> events) {
  if (closed_) return;
  {
    const std::lock_guard lock(mutex_);
    for (const lemma::Event& event : events) append(event);
  }
  if (pending_.exchange(true)) return;
  auto* keep = new std::shared_ptr<EventQueue>(shared_from_this());  // the call may outlive the model
  const auto call = [](Napi::Env env, Napi::Function callback, std::shared_ptr<EventQueue>* queue) {
    const std::unique_ptr<std::shared_ptr<EventQueue>> owned(queue);
    if (env == nullptr) return;
    try {
      (*queue)->drain(env, callback);
    } catch (const Napi::Error& error) {
      // An exception of the callback's goes on as uncaught. In an environment that is being torn down nothing can be called:
      // then this fails too, and the events have no listener anyway.
      napi_throw(env, error.Value());
    }
  };
  if (function_.NonBlockingCall(keep, call) != napi_ok) {
    delete keep;
    closed_ = true;  // the environment ends; nobody listens any more
  }
}

void EventQueue::drain(Napi::Env env, const Napi::Function& callback) {
  Batch batch;
  pending_ = false;  // before the swap: what comes later asks for another call
  {
    const std::lock_guard lock(mutex_);
    std::swap(batch, batch_);
  }
  if (batch.numbers.empty()) return;
  callback.Call({to_array<Napi::Uint32Array>(env, batch.numbers), Napi::String::New(env, batch.text),
                 to_array<Napi::Uint32Array>(env, batch.tokens), to_array<Napi::Float32Array>(env, batch.floats)});
}

void EventQueue::close() {
  if (closed_.exchange(true)) return;
  function_.Release();
}

void EventQueue::keep_alive(Napi::Env env, bool alive) {
  if (closed_) return;
  if (alive) {
    function_.Ref(env);
  } else {
    function_.Unref(env);
  }
}

}  // namespace lemma_node
