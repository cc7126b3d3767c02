// The addon's entry: defines the JavaScript classes for one environment (main thread or worker). No state is global.

#include <napi.h>

#include "chat_template_binding.h"
#include "model_binding.h"
#include "tokenizer_binding.h"

static Napi::Object init(Napi::Env env, Napi::Object exports) {
  const Napi::Function tokenizer = lemma_node::TokenizerBinding::define(env);
  auto* data = new lemma_node::AddonData{Napi::Persistent(tokenizer)};
  env.SetInstanceData(data);  // deleted with the environment
  exports.Set("Tokenizer", tokenizer);
  exports.Set("ChatTemplate", lemma_node::ChatTemplateBinding::define(env));
  exports.Set("codeName", Napi::Function::New(env, [](const Napi::CallbackInfo& info) {
                const auto code = static_cast<lemma::Code>(info[0].ToNumber().Int32Value());
                return Napi::String::New(info.Env(), lemma::code_name(code));
              }));
  exports.Set("Model", lemma_node::ModelBinding::define(env));
  return exports;
}

NODE_API_MODULE(lemma, init)
