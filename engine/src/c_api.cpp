// The C ABI: every call turns what C++ throws into a status code and this thread's last error.

#include "lemma_c.h"

#include <exception>
#include <utility>

#include "lemma.h"
#include "lemma_engine.h"

struct lemma_model {
  lemma::Model model;
};
struct lemma_response {
  lemma::Response response;
};

namespace {

thread_local lemma::Code last_code = lemma::Code::ok;
thread_local std::string last_message;

int fail(lemma::Code code, std::string message) {
  last_code = code;
  last_message = std::move(message);
  return static_cast<int>(code);
}

template <typename Work>
int guarded(Work&& work) {
  try {
    work();
    return fail(lemma::Code::ok, "");
  } catch (const lemma::Error& error) {
    return fail(error.code(), error.message());
  } catch (const std::exception& error) {
    return fail(lemma::Code::internal, error.what());
  }
}

int null_argument(const char* name) { return fail(lemma::Code::option, std::string("option \"") + name + "\": expected a pointer, found NULL"); }

}  // namespace

extern "C" {

lemma_config lemma_default_config(void) {
  const lemma::ModelConfig defaults;
  return {.model_path = nullptr, .device = nullptr, .max_tokens = 0, .context_length = 0,
          .max_sequences = defaults.max_sequences, .cache_bytes = 0, .threads = 0, .mmap = defaults.mmap};
}

lemma_options lemma_default_options(const lemma_model* model) {
  lemma::Sampling sampling;
  if (model != nullptr) sampling = const_cast<lemma_model*>(model)->model.engine().info().default_sampling;
  return {.temperature = sampling.temperature, .top_k = sampling.top_k, .top_p = sampling.top_p, .min_p = sampling.min_p,
          .repetition_penalty = sampling.repetition_penalty, .presence_penalty = sampling.presence_penalty,
          .frequency_penalty = sampling.frequency_penalty, .has_seed = false, .seed = 0, .max_tokens = 0, .thinking = true};
}

int lemma_load(const lemma_config* config, lemma_model** model) {
  if (config == nullptr) return null_argument("config");
  if (model == nullptr) return null_argument("model");
  *model = nullptr;
  return guarded([&] {
    lemma::ModelConfig wanted;
    if (config->model_path != nullptr) wanted.model_path = config->model_path;
    if (config->device != nullptr) wanted.device = config->device;
    wanted.max_tokens = config->max_tokens;
    wanted.context_length = config->context_length;
    if (config->max_sequences != 0) wanted.max_sequences = config->max_sequences;
    wanted.cache_bytes = config->cache_bytes;
    wanted.threads = config->threads;
    wanted.mmap = config->mmap;
    *model = new lemma_model{lemma::load_model(wanted)};
  });
}

int lemma_generate(lemma_model* model, const char* prompt, const lemma_options* options, lemma_response** response) {
  if (model == nullptr) return null_argument("model");
  if (prompt == nullptr) return null_argument("prompt");
  if (response == nullptr) return null_argument("response");
  *response = nullptr;
  return guarded([&] {
    lemma::GenerateOptions wanted;
    if (options != nullptr) {
      wanted.sampling = model->model.engine().info().default_sampling;  // what a C caller can't say stays the model's own
      wanted.sampling->temperature = options->temperature;
      wanted.sampling->top_k = options->top_k;
      wanted.sampling->top_p = options->top_p;
      wanted.sampling->min_p = options->min_p;
      wanted.sampling->repetition_penalty = options->repetition_penalty == 0 ? 1 : options->repetition_penalty;
      wanted.sampling->presence_penalty = options->presence_penalty;
      wanted.sampling->frequency_penalty = options->frequency_penalty;
      if (options->has_seed) wanted.sampling->seed = options->seed;
      wanted.max_tokens = options->max_tokens;
      wanted.thinking = options->thinking;
    }
    *response = new lemma_response{model->model.generate(prompt, wanted)};
  });
}

const char* lemma_response_text(const lemma_response* response) { return response->response.text.c_str(); }
const char* lemma_response_reasoning(const lemma_response* response) { return response->response.reasoning.c_str(); }
void lemma_response_free(lemma_response* response) { delete response; }
void lemma_free(lemma_model* model) { delete model; }

const char* lemma_last_error(void) { return last_message.c_str(); }
const char* lemma_last_error_name(void) { return lemma::code_name(last_code); }
const char* lemma_last_error_hint(void) { return lemma::code_hint(last_code); }

}  // extern "C"
