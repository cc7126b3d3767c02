// The addon's entry: defines the JavaScript classes for one environment (main thread or worker). Holds no global state.

#include <napi.h>

#include "chat_template_binding.h"
#include "tokenizer_binding.h"

static Napi::Object init(Napi::Env env, Napi::Object exports) {
  exports.Set("Tokenizer", lemma_node::TokenizerBinding::define(env));
  exports.Set("ChatTemplate", lemma_node::ChatTemplateBinding::define(env));
  return exports;
}

NODE_API_MODULE(lemma, init)
