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

/// A typed array with these values, or null where the environment ends.
template <class T>
napi_value to_array(napi_env env, napi_typedarray_type type, const std::vector<T>& values) {
  void* data = nullptr;
  napi_value buffer = nullptr;
  napi_value array = nullptr;
  if (napi_create_arraybuffer(env, values.size() * sizeof(T), &data, &buffer) != napi_ok) return nullptr;
  if (!values.empty()) std::memcpy(data, values.data(), values.size() * sizeof(T));
  return napi_create_typedarray(env, type, values.size(), buffer, 0, &array) == napi_ok ? array : nullptr;
}

}  // namespace

void EventQueue::open(Napi::Env env, const Napi::Function& callback) {
  const Napi::String name = Napi::String::New(env, "lemma events");
  const napi_status status = napi_create_threadsafe_function(env, callback, nullptr, name, 0, 1, nullptr, nullptr, nullptr,
                                                             call, &function_);
  if (status != napi_ok) throw Napi::Error::New(env);
  napi_unref_threadsafe_function(env, function_);  // a loaded model alone doesn't keep the process alive
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
  if (napi_call_threadsafe_function(function_, keep, napi_tsfn_nonblocking) != napi_ok) {
    delete keep;
    closed_ = true;  // the environment ends; nobody listens any more
  }
}

void EventQueue::call(napi_env env, napi_value callback, void*, void* data) {
  const std::unique_ptr<std::shared_ptr<EventQueue>> queue(static_cast<std::shared_ptr<EventQueue>*>(data));
  if (env != nullptr && callback != nullptr) (*queue)->drain(env, callback);
}

void EventQueue::drain(napi_env env, napi_value callback) {
  Batch batch;
  pending_ = false;  // before the swap: what comes later asks for another call
  {
    const std::lock_guard lock(mutex_);
    std::swap(batch, batch_);
  }
  if (batch.numbers.empty()) return;
  napi_value values[4] = {to_array(env, napi_uint32_array, batch.numbers), nullptr,
                          to_array(env, napi_uint32_array, batch.tokens),
                          to_array(env, napi_float32_array, batch.floats)};
  napi_value nobody = nullptr;
  if (napi_create_string_utf8(env, batch.text.data(), batch.text.size(), &values[1]) != napi_ok) return;
  if (napi_get_undefined(env, &nobody) != napi_ok) return;
  for (const napi_value value : values) {
    if (value == nullptr) return;
  }
  napi_call_function(env, nobody, callback, 4, values, nullptr);  // an exception goes on as Node's uncaught
}

void EventQueue::close() {
  if (closed_.exchange(true)) return;
  napi_release_threadsafe_function(function_, napi_tsfn_release);
}

void EventQueue::keep_alive(Napi::Env env, bool alive) {
  if (closed_) return;
  if (alive) {
    napi_ref_threadsafe_function(env, function_);
  } else {
    napi_unref_threadsafe_function(env, function_);
  }
}

}  // namespace lemma_node
