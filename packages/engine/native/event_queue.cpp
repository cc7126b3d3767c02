// Packing of events on the scheduler's thread, unpacking into typed arrays on JavaScript's.

#include "event_queue.h"

#include <cstring>

namespace lemma_node {
namespace {

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

void EventQueue::push(std::span<const lemma::Event> events) {
  if (closed_) return;
  bool is_end = false;
  {
    const std::lock_guard lock(mutex_);
    for (const lemma::Event& event : events) {
      batch_.add(event);
      is_end = is_end || event.finish != lemma::FinishReason::none;
    }
  }
  const auto now = std::chrono::steady_clock::now();
  if (!is_end && now - called_ < kPause) return;
  if (pending_.exchange(true)) return;
  called_ = now;
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
  pending_ = false;  // before the swap: what comes later asks for another call
  {
    const std::lock_guard lock(mutex_);
    std::swap(spare_, batch_);
  }
  if (spare_.empty()) return;
  const EventBatch::Values batch = spare_.values();
  spare_.clear();
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
