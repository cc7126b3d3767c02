// The JavaScript class Model over lemma::Engine. Owns the engine and the queue of its events; decides nothing itself. Loading
// and disposal run on worker threads, since both may take long.
#pragma once

#include <napi.h>

#include <memory>

#include "event_queue.h"
#include "lemma_engine.h"

namespace lemma_node {

/// What one model's workers and its JavaScript object share.
struct ModelState {
  std::shared_ptr<lemma::Engine> engine;  // null before loading and after disposal
  std::shared_ptr<EventQueue> events = std::make_shared<EventQueue>();
  bool is_loading = false;
};

/// new Model(onEvents); then `await load(config)` once, `await dispose()` in the end.
class ModelBinding : public Napi::ObjectWrap<ModelBinding> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit ModelBinding(const Napi::CallbackInfo& info);
  ~ModelBinding() override;

 private:
  Napi::Value load(const Napi::CallbackInfo& info);           // (config) -> Promise<info>
  Napi::Value submit(const Napi::CallbackInfo& info);         // (request) -> id
  Napi::Value cancel(const Napi::CallbackInfo& info);         // (id)
  Napi::Value swap_weights(const Napi::CallbackInfo& info);   // (source, running) -> Promise<void>
  Napi::Value tensors(const Napi::CallbackInfo& info);        // -> [{name, type, shape}]
  Napi::Value stats(const Napi::CallbackInfo& info);
  Napi::Value ends_in_think(const Napi::CallbackInfo& info);  // (tokens) -> boolean
  Napi::Value tokenizer(const Napi::CallbackInfo& info);      // -> Tokenizer, or null
  Napi::Value keep_alive(const Napi::CallbackInfo& info);     // (alive)
  Napi::Value dispose(const Napi::CallbackInfo& info);        // -> Promise<void>

  /// The engine, or a thrown LEMMA_E_DISPOSED.
  lemma::Engine& engine(Napi::Env env) const;

  /// Stops the engine of a ModelState: at the end of the environment, or with the JavaScript object.
  static void end(void* state);

  napi_env env_;
  std::shared_ptr<ModelState> state_ = std::make_shared<ModelState>();
};

}  // namespace lemma_node
