// Reads a Tokenizer out of a GGUF file's keys. Owns the names of the keys and nothing of the algorithm. GGUF has no key for NFC;
// `lemma.tokenizer.normalizer` is ours, and files without it are not composed, as nowhere else.

#include "quoted.h"
#include "tokenizer.h"

namespace lemma {

Result<Tokenizer> Tokenizer::from_gguf(const GgufFile& file) {
  LEMMA_ASSIGN(const std::string_view model, file.string("tokenizer.ggml.model"));
  if (model != "gpt2") {
    return Status::error(Code::tokenizer, "tokenizer: expected byte-level BPE (tokenizer.ggml.model \"gpt2\"), found " +
                                              quoted(model) + " in " + file.path());
  }
  TokenizerSource source;
  LEMMA_ASSIGN(source.pre, file.string("tokenizer.ggml.pre"));
  LEMMA_ASSIGN(const std::vector<std::string_view> tokens, file.strings("tokenizer.ggml.tokens"));
  LEMMA_ASSIGN(const std::vector<std::string_view> merges, file.strings("tokenizer.ggml.merges"));
  std::vector<std::uint8_t> kinds(tokens.size(), static_cast<std::uint8_t>(TokenKind::normal));
  if (file.find("tokenizer.ggml.token_type") != nullptr) {
    LEMMA_ASSIGN(const std::vector<std::int64_t> types, file.integers("tokenizer.ggml.token_type", 1, 6));
    kinds.assign(types.begin(), types.end());
  }
  source.tokens = tokens;
  source.merges = merges;
  source.kinds = kinds;
  source.whole_words_first = find_pre_tokenizer(source.pre) == PreTokenizer::llama3;
  LEMMA_ASSIGN(const std::string_view normalizer, file.string("lemma.tokenizer.normalizer", std::string_view()));
  if (!normalizer.empty() && normalizer != "NFC") {
    return Status::error(Code::tokenizer, "tokenizer: expected lemma.tokenizer.normalizer \"NFC\" or none, found " +
                                              quoted(normalizer) + " in " + file.path());
  }
  source.composes = !normalizer.empty();
  for (const std::string_view key :
       {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id"}) {
    if (file.find(key) == nullptr) continue;
    LEMMA_ASSIGN(const std::uint64_t id, file.integer(key, 0, tokens.empty() ? 0 : tokens.size() - 1));
    source.ends.push_back(static_cast<std::uint32_t>(id));
  }
  if (file.find("tokenizer.ggml.bos_token_id") != nullptr) {
    LEMMA_ASSIGN(const std::uint64_t id,
                 file.integer("tokenizer.ggml.bos_token_id", 0, tokens.empty() ? 0 : tokens.size() - 1));
    source.bos = static_cast<std::uint32_t>(id);
  }
  return create(source);
}

}  // namespace lemma
