// Conversions of ChatTemplateBinding.

#include "chat_template_binding.h"

#include "convert.h"

namespace lemma_node {

ChatTemplateBinding::ChatTemplateBinding(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<ChatTemplateBinding>(info),
      template_(lemma::ChatTemplate::recognise(to_bytes(info[0], "source"))) {}

Napi::Value ChatTemplateBinding::get_name(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), std::string(template_.name()));
}

Napi::Value ChatTemplateBinding::format(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::vector<lemma::Message> messages = to_messages(info[0]);
  const std::string bos = to_bytes(info[3], "bos");
  const lemma::RenderedChat chat =
      take(env, template_.format(messages, info[1].ToBoolean(), info[2].ToBoolean(), bos));
  std::vector<std::uint32_t> literal;
  for (const lemma::TextRange& range : chat.literal) {
    literal.push_back(static_cast<std::uint32_t>(range.start));
    literal.push_back(static_cast<std::uint32_t>(range.end));
  }
  Napi::Object result = Napi::Object::New(env);
  result.Set("text", Napi::String::New(env, chat.text));
  result.Set("literal", from_tokens(env, literal));
  return result;
}

Napi::Function ChatTemplateBinding::define(Napi::Env env) {
  return DefineClass(env, "ChatTemplate",
                     {
                         InstanceMethod<&ChatTemplateBinding::format>("format"),
                         InstanceAccessor<&ChatTemplateBinding::get_name>("name"),
                     });
}

}  // namespace lemma_node
