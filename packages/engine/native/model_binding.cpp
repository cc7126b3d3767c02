// Conversions and life cycle of ModelBinding.

#include "model_binding.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "convert.h"
#include "tokenizer_binding.h"

namespace lemma_node {
namespace {

/// A number field of an options object, checked to be an integer in range; absent gives `fallback`.
template <class T>
T integer(const Napi::Object& from, const char* name, T fallback) {
  const Napi::Value value = from.Get(name);
  if (value.IsUndefined()) return fallback;
  const double limit = std::min(9007199254740991.0, static_cast<double>(std::numeric_limits<T>::max()));
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  if (!(number >= 0 && number <= limit) || number != std::floor(number)) {
    refuse(from.Env(), name, "a whole number from 0 to " + std::to_string(static_cast<std::uint64_t>(limit)));
  }
  return static_cast<T>(number);
}

float real(const Napi::Object& from, const char* name, float fallback) {
  const Napi::Value value = from.Get(name);
  if (value.IsUndefined()) return fallback;
  if (!value.IsNumber()) refuse(from.Env(), name, "a number");
  return value.As<Napi::Number>().FloatValue();
}

/// { tokens: Uint32Array, values: Float32Array } of one length.
std::vector<lemma::LogitBias> to_logit_bias(const Napi::Value& value) {
  const bool is_object = value.IsObject();
  const Napi::Value values = is_object ? value.As<Napi::Object>().Get("values") : value;
  if (!is_object || !values.IsTypedArray() || values.As<Napi::TypedArray>().TypedArrayType() != napi_float32_array)
    refuse(value.Env(), "logitBias", "tokens and values");
  const auto tokens = to_tokens(value.As<Napi::Object>().Get("tokens"), "logitBias");
  const auto biases = values.As<Napi::Float32Array>();
  if (biases.ElementLength() != tokens.size()) refuse(value.Env(), "logitBias", "as many values as tokens");
  std::vector<lemma::LogitBias> out(tokens.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = {tokens[i], biases[i]};
  return out;
}

constexpr const char* kKvTypes[] = {"f16", "f32", "q8_0"};  // in the order of lemma::KvType

lemma::KvType to_kv_type(const Napi::Value& value) {
  const std::string name = to_bytes(value, "kvType");
  for (std::size_t i = 0; i < std::size(kKvTypes); ++i)
    if (name == kKvTypes[i]) return static_cast<lemma::KvType>(i);
  refuse(value.Env(), "kvType", "f16, f32 or q8_0");
}

lemma::ModelConfig to_config(const Napi::Object& from) {
  lemma::ModelConfig config;
  config.model_path = to_bytes(from.Get("modelPath"), "modelPath");
  if (from.Has("device")) config.device = to_bytes(from.Get("device"), "device");
  config.context_length = integer(from, "contextLength", config.context_length);
  config.max_sequences = integer(from, "maxSequences", config.max_sequences);
  config.cache_bytes = integer(from, "cacheBytes", config.cache_bytes);
  config.threads = integer(from, "threads", config.threads);
  if (from.Has("mmap")) config.mmap = from.Get("mmap").ToBoolean();
  config.packed_bytes = integer(from, "packedBytes", config.packed_bytes);
  config.max_queue = integer(from, "maxQueue", config.max_queue);
  config.step_tokens = integer(from, "stepTokens", config.step_tokens);
  if (from.Has("prefixCacheBytes")) config.prefix_cache_bytes = integer<std::uint64_t>(from, "prefixCacheBytes", 0);
  if (from.Has("kvType")) config.kv_type = to_kv_type(from.Get("kvType"));
  return config;
}

lemma::Request to_request(const Napi::Object& from, const lemma::Sampling& defaults) {
  lemma::Request request;
  const auto tokens = to_tokens(from.Get("tokens"), "tokens");
  request.tokens.assign(tokens.begin(), tokens.end());
  request.kind = from.Get("score").ToBoolean() ? lemma::RequestKind::score : lemma::RequestKind::generate;
  request.sampling.temperature = real(from, "temperature", defaults.temperature);
  request.sampling.top_k = integer(from, "topK", defaults.top_k);
  request.sampling.top_p = real(from, "topP", defaults.top_p);
  request.sampling.min_p = real(from, "minP", defaults.min_p);
  request.sampling.repetition_penalty = real(from, "repetitionPenalty", defaults.repetition_penalty);
  request.sampling.repetition_window = integer(from, "repetitionWindow", defaults.repetition_window);
  request.sampling.presence_penalty = real(from, "presencePenalty", defaults.presence_penalty);
  request.sampling.frequency_penalty = real(from, "frequencyPenalty", defaults.frequency_penalty);
  if (from.Has("logitBias")) request.sampling.logit_bias = to_logit_bias(from.Get("logitBias"));
  if (from.Has("seed")) request.sampling.seed = integer<std::uint64_t>(from, "seed", 0);
  request.n = integer(from, "n", request.n);
  request.max_tokens = integer(from, "maxTokens", request.max_tokens);
  if (from.Has("stop")) request.stop = to_strings(from.Get("stop"), "stop");
  if (from.Has("logprobs")) request.logprobs = integer<std::int32_t>(from, "logprobs", 0);
  request.starts_in_think = from.Get("startsInThink").ToBoolean();
  request.ignore_end = from.Get("ignoreEnd").ToBoolean();
  if (from.Has("logitsAt")) request.logits_at = integer<std::uint32_t>(from, "logitsAt", 0);
  request.priority = static_cast<std::int32_t>(real(from, "priority", 0));
  if (from.Has("tenant")) request.tenant = to_bytes(from.Get("tenant"), "tenant");
  request.tenant_weight = real(from, "tenantWeight", 1);
  if (from.Has("cacheSalt")) request.cache_salt = to_bytes(from.Get("cacheSalt"), "cacheSalt");
  return request;
}

Napi::Object from_info(Napi::Env env, const lemma::ModelInfo& info, const std::string& template_source) {
  Napi::Object out = Napi::Object::New(env);
  const auto number = [&](const char* name, auto value) { out.Set(name, Napi::Number::New(env, static_cast<double>(value))); };
  out.Set("path", info.path);
  out.Set("name", info.name);
  out.Set("architecture", info.architecture);
  out.Set("tensorType", info.tensor_type);
  out.Set("isa", info.isa);
  out.Set("kvType", kKvTypes[static_cast<std::size_t>(info.kv_type)]);
  out.Set("chatTemplate", info.chat_template);
  out.Set("chatTemplateSource", template_source);
  number("parameters", info.parameters);
  number("weightBytes", info.weight_bytes);
  number("vocabularySize", info.vocabulary);
  number("layers", info.layers);
  number("width", info.width);
  number("trainedContext", info.trained_context);
  number("contextLength", info.context_length);
  number("maxSequences", info.max_sequences);
  number("threads", info.threads);
  number("cacheBytes", info.cache_bytes);
  Napi::Object sampling = Napi::Object::New(env);
  sampling.Set("temperature", Napi::Number::New(env, static_cast<double>(info.default_sampling.temperature)));
  sampling.Set("topK", Napi::Number::New(env, info.default_sampling.top_k));
  sampling.Set("topP", Napi::Number::New(env, static_cast<double>(info.default_sampling.top_p)));
  sampling.Set("minP", Napi::Number::New(env, static_cast<double>(info.default_sampling.min_p)));
  sampling.Set("repetitionPenalty", Napi::Number::New(env, static_cast<double>(info.default_sampling.repetition_penalty)));
  sampling.Set("repetitionWindow", Napi::Number::New(env, info.default_sampling.repetition_window));
  out.Set("sampling", sampling);
  return out;
}

/// Loads on a worker thread.
class Loader : public Napi::AsyncWorker {
 public:
  Loader(Napi::Env env, lemma::ModelConfig config, std::shared_ptr<ModelState> state)
      : Napi::AsyncWorker(env), config_(std::move(config)), state_(std::move(state)), deferred_(env) {}

  Napi::Promise promise() const { return deferred_.Promise(); }

  void Execute() override {
    const std::shared_ptr<EventQueue> events = state_->events;
    auto loaded = lemma::Engine::load(config_, [events](std::span<const lemma::Event> step) { events->push(step); });
    status_ = loaded.status();
    if (loaded.ok()) engine_ = loaded.take();
  }
  void OnOK() override {
    state_->is_loading = false;
    if (!status_.ok()) {
      deferred_.Reject(to_error(Env(), status_).Value());
      return;
    }
    state_->engine = engine_;
    deferred_.Resolve(from_info(Env(), engine_->info(), engine_->chat_template_source()));
  }

 private:
  lemma::ModelConfig config_;
  std::shared_ptr<ModelState> state_;
  Napi::Promise::Deferred deferred_;
  lemma::Status status_;
  std::shared_ptr<lemma::Engine> engine_;
};

/// Exchanges the weights on a worker thread: requests may have to end first.
class Swapper : public Napi::AsyncWorker {
 public:
  Swapper(Napi::Env env, std::shared_ptr<lemma::Engine> engine, lemma::WeightSource source, lemma::SwapMode mode)
      : Napi::AsyncWorker(env), engine_(std::move(engine)), source_(std::move(source)), mode_(mode), deferred_(env) {}

  Napi::Promise promise() const { return deferred_.Promise(); }

  void Execute() override { status_ = engine_->swap_weights(std::move(source_), mode_); }
  void OnOK() override {
    engine_.reset();
    if (status_.ok()) {
      deferred_.Resolve(Env().Undefined());
    } else {
      deferred_.Reject(to_error(Env(), status_).Value());
    }
  }

 private:
  std::shared_ptr<lemma::Engine> engine_;
  lemma::WeightSource source_;
  lemma::SwapMode mode_;
  Napi::Promise::Deferred deferred_;
  lemma::Status status_;
};

/// A path, an image, or names with bytes. All bytes are copied: JavaScript may change its own meanwhile.
lemma::WeightSource to_weight_source(const Napi::Object& from, const lemma::Engine& engine) {
  if (from.Has("path")) return {.path = to_bytes(from.Get("path"), "path")};
  const auto bytes_of = [](const Napi::Value& value) -> std::span<const std::uint8_t> {
    if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array)
      refuse(value.Env(), "weights", "a Uint8Array");
    const auto array = value.As<Napi::Uint8Array>();
    return {array.Data(), array.ElementLength()};
  };
  if (from.Has("image")) {
    const auto bytes = bytes_of(from.Get("image"));
    return {.image = {bytes.begin(), bytes.end()}};
  }
  const std::vector<std::string> names = to_strings(from.Get("names"), "names");
  const Napi::Value bytes = from.Get("bytes");
  if (!bytes.IsArray() || bytes.As<Napi::Array>().Length() != names.size()) refuse(from.Env(), "weights", "an array as long as the names");
  std::vector<lemma::TensorBytes> tensors;
  for (std::uint32_t i = 0; i < names.size(); ++i) tensors.push_back({names[i], bytes_of(bytes.As<Napi::Array>().Get(i))});
  return {.image = take(from.Env(), engine.weight_image(tensors))};
}

/// Ends all requests and frees the model, on a worker thread: a running forward pass is waited for.
class Disposer : public Napi::AsyncWorker {
 public:
  Disposer(Napi::Env env, std::shared_ptr<lemma::Engine> engine, std::shared_ptr<EventQueue> events)
      : Napi::AsyncWorker(env), engine_(std::move(engine)), events_(std::move(events)), deferred_(env) {}

  Napi::Promise promise() const { return deferred_.Promise(); }

  void Execute() override { engine_->dispose(); }
  void OnOK() override {
    engine_.reset();
    events_->close();
    deferred_.Resolve(Env().Undefined());
  }

 private:
  std::shared_ptr<lemma::Engine> engine_;
  std::shared_ptr<EventQueue> events_;
  Napi::Promise::Deferred deferred_;
};

}  // namespace

ModelBinding::ModelBinding(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<ModelBinding>(info), env_(info.Env()) {
  if (!info[0].IsFunction()) refuse(info.Env(), "onEvents", "a function");
  state_->events->open(info.Env(), info[0].As<Napi::Function>());
  // Runs before the event queue's own hook (last registered, first run): no thread may push into a closed environment.
  napi_add_env_cleanup_hook(env_, end, state_.get());
}

void ModelBinding::end(void* state) {
  auto* ending = static_cast<ModelState*>(state);
  if (ending->engine) ending->engine->dispose();
  ending->events->close();
}

ModelBinding::~ModelBinding() {
  napi_remove_env_cleanup_hook(env_, end, state_.get());
  end(state_.get());
}

lemma::Engine& ModelBinding::engine(Napi::Env env) const {
  if (!state_->engine) throw to_error(env, lemma::Status::error(lemma::Code::disposed, "the model was disposed"));
  return *state_->engine;
}

Napi::Value ModelBinding::load(const Napi::CallbackInfo& info) {
  if (!info[0].IsObject()) refuse(info.Env(), "config", "an object");
  if (state_->is_loading || state_->engine) refuse(info.Env(), "config", "a model that is not loaded yet");
  state_->is_loading = true;
  auto* loader = new Loader(info.Env(), to_config(info[0].As<Napi::Object>()), state_);
  loader->Queue();
  return loader->promise();
}

Napi::Value ModelBinding::submit(const Napi::CallbackInfo& info) {
  if (!info[0].IsObject()) refuse(info.Env(), "request", "an object");
  lemma::Engine& model = engine(info.Env());
  lemma::Request request = to_request(info[0].As<Napi::Object>(), model.info().default_sampling);
  const lemma::RequestId id = take(info.Env(), model.submit(std::move(request)));
  return Napi::Number::New(info.Env(), static_cast<double>(id));
}

Napi::Value ModelBinding::cancel(const Napi::CallbackInfo& info) {
  if (state_->engine) state_->engine->cancel(static_cast<lemma::RequestId>(info[0].ToNumber().Int64Value()));
  return info.Env().Undefined();
}

Napi::Value ModelBinding::swap_weights(const Napi::CallbackInfo& info) {
  if (!info[0].IsObject()) refuse(info.Env(), "weights", "an object");
  const lemma::Engine& model = engine(info.Env());
  const bool go_on = to_bytes(info[1], "running") == "continue";
  auto* swapper = new Swapper(info.Env(), state_->engine, to_weight_source(info[0].As<Napi::Object>(), model),
                              go_on ? lemma::SwapMode::go_on : lemma::SwapMode::finish);
  swapper->Queue();
  return swapper->promise();
}

Napi::Value ModelBinding::tensors(const Napi::CallbackInfo& info) {
  const std::span<const lemma::TensorInfo> tensors = engine(info.Env()).tensors();
  Napi::Array out = Napi::Array::New(info.Env(), tensors.size());
  for (std::uint32_t i = 0; i < tensors.size(); ++i) {
    Napi::Object tensor = Napi::Object::New(info.Env());
    Napi::Array shape = Napi::Array::New(info.Env(), tensors[i].shape.size());
    for (std::uint32_t d = 0; d < tensors[i].shape.size(); ++d)
      shape.Set(d, Napi::Number::New(info.Env(), static_cast<double>(tensors[i].shape[d])));
    tensor.Set("name", tensors[i].name);
    tensor.Set("type", tensors[i].type);
    tensor.Set("shape", shape);
    out.Set(i, tensor);
  }
  return out;
}

Napi::Value ModelBinding::stats(const Napi::CallbackInfo& info) {
  const lemma::Stats stats = engine(info.Env()).stats();
  Napi::Object out = Napi::Object::New(info.Env());
  const auto number = [&](const char* name, auto value) {
    out.Set(name, Napi::Number::New(info.Env(), static_cast<double>(value)));
  };
  number("steps", stats.steps);
  number("promptTokens", stats.prompt_tokens);
  number("generatedTokens", stats.generated_tokens);
  number("finished", stats.finished);
  number("cancelled", stats.cancelled);
  number("refused", stats.refused);
  number("running", stats.running);
  number("waiting", stats.waiting);
  number("pagesTotal", stats.pages_total);
  number("pagesUsed", stats.pages_used);
  number("pagesCached", stats.pages_cached);
  number("cachedTokens", stats.cached_tokens);
  number("preempted", stats.preempted);
  number("swaps", stats.swaps);
  number("packedBytes", stats.packed_bytes);
  number("busySeconds", stats.busy_seconds);
  number("forwardSeconds", stats.forward_seconds);
  return out;
}

Napi::Value ModelBinding::ends_in_think(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), engine(info.Env()).ends_in_think(to_tokens(info[0], "tokens")));
}

Napi::Value ModelBinding::tokenizer(const Napi::CallbackInfo& info) {
  const lemma::Tokenizer* found = engine(info.Env()).tokenizer();
  if (found == nullptr) return info.Env().Null();
  return TokenizerBinding::wrap(info.Env(), std::shared_ptr<const lemma::Tokenizer>(state_->engine, found));
}

Napi::Value ModelBinding::keep_alive(const Napi::CallbackInfo& info) {
  state_->events->keep_alive(info.Env(), info[0].ToBoolean());
  return info.Env().Undefined();
}

Napi::Value ModelBinding::dispose(const Napi::CallbackInfo& info) {
  if (!state_->engine) {
    auto deferred = Napi::Promise::Deferred::New(info.Env());
    deferred.Resolve(info.Env().Undefined());
    return deferred.Promise();
  }
  auto* disposer = new Disposer(info.Env(), std::move(state_->engine), state_->events);
  state_->engine.reset();
  disposer->Queue();
  return disposer->promise();
}

Napi::Function ModelBinding::define(Napi::Env env) {
  return DefineClass(env, "Model",
                     {
                         InstanceMethod<&ModelBinding::load>("load"),
                         InstanceMethod<&ModelBinding::submit>("submit"),
                         InstanceMethod<&ModelBinding::cancel>("cancel"),
                         InstanceMethod<&ModelBinding::swap_weights>("swapWeights"),
                         InstanceMethod<&ModelBinding::tensors>("tensors"),
                         InstanceMethod<&ModelBinding::stats>("stats"),
                         InstanceMethod<&ModelBinding::ends_in_think>("endsInThink"),
                         InstanceMethod<&ModelBinding::tokenizer>("tokenizer"),
                         InstanceMethod<&ModelBinding::keep_alive>("keepAlive"),
                         InstanceMethod<&ModelBinding::dispose>("dispose"),
                     });
}

}  // namespace lemma_node
