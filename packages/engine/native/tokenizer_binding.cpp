// Conversions of TokenizerBinding.

#include "tokenizer_binding.h"

#include "convert.h"

namespace lemma_node {
namespace {

std::optional<std::uint32_t> to_optional_id(const Napi::Value& value) {
  if (!value.IsNumber()) return std::nullopt;
  return value.As<Napi::Number>().Uint32Value();
}

lemma::Tokenizer from_parts(const Napi::Object& parts) {
  const Napi::Env env = parts.Env();
  const std::vector<std::string> tokens = to_strings(parts.Get("tokens"), "tokens");
  const std::vector<std::string> merges = to_strings(parts.Get("merges"), "merges");
  const std::vector<std::string_view> token_views(tokens.begin(), tokens.end());
  const std::vector<std::string_view> merge_views(merges.begin(), merges.end());
  const std::string kinds = to_bytes(parts.Get("kinds"), "kinds");
  const std::string pre = to_bytes(parts.Get("pre"), "pre");
  lemma::TokenizerSource source;
  source.tokens = token_views;
  source.kinds = {reinterpret_cast<const std::uint8_t*>(kinds.data()), kinds.size()};
  source.merges = merge_views;
  source.pre = pre;
  source.whole_words_first = parts.Get("wholeWordsFirst").ToBoolean();
  source.composes = parts.Get("composes").ToBoolean();
  source.bos = to_optional_id(parts.Get("bos"));
  const auto ends = to_tokens(parts.Get("ends"), "ends");
  source.ends.assign(ends.begin(), ends.end());
  return take(env, lemma::Tokenizer::create(source));
}

}  // namespace

void check_tokens(Napi::Env env, std::span<const std::uint32_t> tokens, const lemma::Tokenizer& tokenizer) {
  for (const std::uint32_t token : tokens) {
    if (token < tokenizer.size()) continue;
    throw to_error(env, lemma::Status::error(lemma::Code::option, "option \"tokens\": expected ids below " +
                                                                      std::to_string(tokenizer.size()) + ", found " +
                                                                      std::to_string(token)));
  }
}

std::vector<lemma::TextRange> to_ranges(const Napi::Value& value) {
  std::vector<lemma::TextRange> ranges;
  if (value.IsUndefined()) return ranges;
  const auto numbers = to_tokens(value, "literal");
  for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) ranges.push_back({numbers[i], numbers[i + 1]});
  return ranges;
}

TokenizerBinding::TokenizerBinding(const Napi::CallbackInfo& info) : Napi::ObjectWrap<TokenizerBinding>(info) {
  const Napi::Env env = info.Env();
  if (info[0].IsExternal()) {
    tokenizer_ = *info[0].As<Napi::External<std::shared_ptr<const lemma::Tokenizer>>>().Data();
    return;
  }
  if (!info[0].IsObject()) refuse(env, "tokenizer", "an object");
  const auto parts = info[0].As<Napi::Object>();
  if (!parts.Has("gguf")) {
    tokenizer_ = std::make_shared<const lemma::Tokenizer>(from_parts(parts));
    return;
  }
  const std::string path = to_bytes(parts.Get("gguf"), "gguf");
  const lemma::GgufFile file = take(env, lemma::GgufFile::open(path, lemma::FileMode::map));
  tokenizer_ = std::make_shared<const lemma::Tokenizer>(take(env, lemma::Tokenizer::from_gguf(file)));
  template_ = take(env, file.string("tokenizer.chat_template", std::string_view()));
}

Napi::Value TokenizerBinding::encode(const Napi::CallbackInfo& info) {
  const std::string text = to_bytes(info[0], "text");
  const std::vector<lemma::TextRange> literal = to_ranges(info[2]);
  std::vector<std::uint32_t> tokens;
  tokenizer_->encode(text, info[1].ToBoolean(), literal, &cache_, tokens);
  return from_tokens(info.Env(), tokens);
}

Napi::Value TokenizerBinding::encode_batch(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (!info[0].IsArray()) refuse(env, "texts", "an array of strings");
  const auto texts = info[0].As<Napi::Array>();
  const bool control = info[1].ToBoolean();
  std::vector<std::uint32_t> tokens;
  std::vector<std::uint32_t> offsets = {0};
  for (std::uint32_t i = 0; i < texts.Length(); ++i) {
    Napi::HandleScope scope(env);
    tokenizer_->encode(to_bytes(texts.Get(i), "texts"), control, {}, &cache_, tokens);
    offsets.push_back(static_cast<std::uint32_t>(tokens.size()));
  }
  Napi::Object result = Napi::Object::New(env);
  result.Set("tokens", from_tokens(env, tokens));
  result.Set("offsets", from_tokens(env, offsets));
  return result;
}

Napi::Value TokenizerBinding::decode(const Napi::CallbackInfo& info) {
  const auto tokens = to_tokens(info[0], "tokens");
  check_tokens(info.Env(), tokens, *tokenizer_);
  const std::string bytes = tokenizer_->decode(tokens);
  Napi::Uint8Array array = Napi::Uint8Array::New(info.Env(), bytes.size());
  if (!bytes.empty()) std::memcpy(array.Data(), bytes.data(), bytes.size());
  return array;
}

Napi::Value TokenizerBinding::find(const Napi::CallbackInfo& info) {
  const std::optional<std::uint32_t> found = tokenizer_->find(to_bytes(info[0], "text"));
  return Napi::Number::New(info.Env(), found ? static_cast<double>(*found) : -1);
}

Napi::Value TokenizerBinding::kind(const Napi::CallbackInfo& info) {
  const std::uint32_t id = info[0].ToNumber().Uint32Value();
  check_tokens(info.Env(), {&id, 1}, *tokenizer_);
  return Napi::Number::New(info.Env(), static_cast<double>(tokenizer_->kind(id)));
}

Napi::Value TokenizerBinding::get_size(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), tokenizer_->size());
}

Napi::Value TokenizerBinding::get_bos(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), tokenizer_->bos() ? static_cast<double>(*tokenizer_->bos()) : -1);
}

Napi::Value TokenizerBinding::get_composes(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), tokenizer_->composes());
}

Napi::Value TokenizerBinding::get_ends(const Napi::CallbackInfo& info) {
  return from_tokens(info.Env(), tokenizer_->end_tokens());
}

Napi::Value TokenizerBinding::get_template(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), template_);
}

Napi::Value TokenizerBinding::wrap(Napi::Env env, std::shared_ptr<const lemma::Tokenizer> tokenizer) {
  const auto external = Napi::External<std::shared_ptr<const lemma::Tokenizer>>::New(env, &tokenizer);
  return env.GetInstanceData<AddonData>()->tokenizer.New({external});
}

Napi::Function TokenizerBinding::define(Napi::Env env) {
  return DefineClass(env, "Tokenizer",
                     {
                         InstanceMethod<&TokenizerBinding::encode>("encode"),
                         InstanceMethod<&TokenizerBinding::encode_batch>("encodeBatch"),
                         InstanceMethod<&TokenizerBinding::decode>("decode"),
                         InstanceMethod<&TokenizerBinding::find>("find"),
                         InstanceMethod<&TokenizerBinding::kind>("kind"),
                         InstanceAccessor<&TokenizerBinding::get_size>("size"),
                         InstanceAccessor<&TokenizerBinding::get_bos>("bos"),
                         InstanceAccessor<&TokenizerBinding::get_composes>("composes"),
                         InstanceAccessor<&TokenizerBinding::get_ends>("ends"),
                         InstanceAccessor<&TokenizerBinding::get_template>("chatTemplate"),
                     });
}

}  // namespace lemma_node
