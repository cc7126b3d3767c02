// The JavaScript class ChatTemplate over lemma::ChatTemplate: recognises a Jinja source, formats conversations natively.
#pragma once

#include <napi.h>

#include "chat_template.h"

namespace lemma_node {

/// new ChatTemplate(source); `name` is empty for a template that is not one of the native four.
class ChatTemplateBinding : public Napi::ObjectWrap<ChatTemplateBinding> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit ChatTemplateBinding(const Napi::CallbackInfo& info);

 private:
  Napi::Value get_name(const Napi::CallbackInfo& info);
  Napi::Value format(const Napi::CallbackInfo& info);  // (messages, thinking, addGenerationPrompt, bos) -> { text, literal }

  lemma::ChatTemplate template_;
};

}  // namespace lemma_node
