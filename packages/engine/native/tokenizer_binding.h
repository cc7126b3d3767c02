// The JavaScript class Tokenizer over lemma::Tokenizer. Owns conversions and one word cache; the algorithm is the engine's.
#pragma once

#include <napi.h>

#include <memory>

#include "tokenizer.h"

namespace lemma_node {

/// new Tokenizer({ gguf } | { tokens, kinds, merges, pre, wholeWordsFirst, composes, bos, ends })
class TokenizerBinding : public Napi::ObjectWrap<TokenizerBinding> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit TokenizerBinding(const Napi::CallbackInfo& info);
  /// A JavaScript Tokenizer over one that exists (a model's).
  static Napi::Value wrap(Napi::Env env, std::shared_ptr<const lemma::Tokenizer> tokenizer);

 private:
  Napi::Value encode(const Napi::CallbackInfo& info);        // (text, control, literal) -> Uint32Array
  Napi::Value encode_batch(const Napi::CallbackInfo& info);  // (texts, control) -> { tokens, offsets }
  Napi::Value decode(const Napi::CallbackInfo& info);        // (tokens) -> Uint8Array
  Napi::Value find(const Napi::CallbackInfo& info);          // (text) -> id, or -1
  Napi::Value kind(const Napi::CallbackInfo& info);          // (id) -> GGUF token type
  Napi::Value get_size(const Napi::CallbackInfo& info);
  Napi::Value get_bos(const Napi::CallbackInfo& info);       // id, or -1
  Napi::Value get_composes(const Napi::CallbackInfo& info);  // whether text is brought into NFC
  Napi::Value get_ends(const Napi::CallbackInfo& info);
  Napi::Value get_template(const Napi::CallbackInfo& info);  // Jinja source in the GGUF, or ""

  std::shared_ptr<const lemma::Tokenizer> tokenizer_;
  std::string template_;
  lemma::WordCache cache_;
};

/// Throws where an id is not in the vocabulary.
void check_tokens(Napi::Env env, std::span<const std::uint32_t> tokens, const lemma::Tokenizer& tokenizer);
/// Literal byte ranges from a Uint32Array of start, end, start, end, …; undefined gives none.
std::vector<lemma::TextRange> to_ranges(const Napi::Value& value);

/// What one environment keeps: the class, so that native code can make instances.
struct AddonData {
  Napi::FunctionReference tokenizer;
};

}  // namespace lemma_node
