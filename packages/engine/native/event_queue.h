// Carries the engine's events from its scheduler thread to JavaScript: one crossing a step at most, none while JavaScript has not
// yet drained the last one, and none within kPause of it unless a choice ends: JavaScript's thread needs a core too, which a pass of a
// small model would wait for. What is held back goes with the next step. The scheduler never waits: it appends under a short lock.
//
// JavaScript gets four values a call, as EventBatch lays them out: numbers (Uint32Array), text, tokens (Uint32Array) and floats
// (Float32Array).
//
// The crossing uses plain Node-API and checks each status: while an environment is torn down every call fails, and the C++
// wrapper's exceptions can't be thrown there.
#pragma once

#include <napi.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <span>

#include "event_batch.h"
#include "lemma_engine.h"

namespace lemma_node {

class EventQueue : public std::enable_shared_from_this<EventQueue> {
 public:
  /// Starts delivering to `callback`, which is kept until close(). On the JavaScript thread.
  void open(Napi::Env env, const Napi::Function& callback);
  /// Takes a step's events; on the scheduler's thread.
  void push(std::span<const lemma::Event> events);
  /// No call into JavaScript begins after this. On the JavaScript thread; may be called twice.
  void close();
  /// Whether open requests keep the process alive. On the JavaScript thread.
  void keep_alive(Napi::Env env, bool alive);

 private:
  static constexpr std::chrono::milliseconds kPause{4};  // 250 times a second is more than anyone sees

  void drain(napi_env env, napi_value callback);
  static void call(napi_env env, napi_value callback, void* context, void* data);

  std::mutex mutex_;
  EventBatch batch_, spare_;                         // to fill, to flatten; `spare_` is the JavaScript thread's
  std::chrono::steady_clock::time_point called_ = {};  // the last crossing; the scheduler thread's
  std::atomic<bool> pending_ = false;
  std::atomic<bool> closed_ = true;
  napi_threadsafe_function function_ = nullptr;
};

}  // namespace lemma_node
