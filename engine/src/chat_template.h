// Formats conversations as prompts for the four template families known natively. Which one a model uses is recognised from
// its Jinja text, strictly: every word and every literal of the template must be one that the family uses, so a variant with
// a default system prompt, dates or tools is foreign and never formatted almost right. Jinja itself lives above the core.
//
//   lemma        <|system|>S<|user|>Q<|assistant|>A<|end|><|user|>Q<|assistant|><think>
//   deepseek-r1  BOS S <｜User｜>Q<｜Assistant｜>A<｜end▁of▁sentence｜><｜User｜>Q<｜Assistant｜><think>\n
//   chatml       <|im_start|>role\nS<|im_end|>\n … <|im_start|>assistant\n
//   llama-3      BOS <|start_header_id|>role<|end_header_id|>\n\nS<|eot_id|> … <|start_header_id|>assistant<|end_header_id|>\n\n
//
// Earlier thoughts are dropped (lemma, deepseek-r1: all of an assistant turn up to its last </think>). With thinking off the
// prompt of those two closes the thought at once. Message text is marked literal: it never yields a control token.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lemma.h"
#include "status.h"
#include "tokenizer.h"

namespace lemma {

/// A formatted conversation: the text, and the ranges of it that came from messages.
struct RenderedChat {
  std::string text;
  std::vector<TextRange> literal;
};

class ChatTemplate {
 public:
  enum class Family : std::uint8_t { foreign, lemma, deepseek_r1, chatml, llama3 };

  /// The family of a Jinja template; `foreign` for all that is not exactly known, the empty text included.
  static ChatTemplate recognise(std::string_view source);
  explicit ChatTemplate(Family family = Family::foreign, bool opens_thought = true)
      : family_(family), opens_thought_(opens_thought) {}

  Family family() const { return family_; }
  /// lemma, deepseek-r1, chatml, llama-3, or empty for a foreign template.
  std::string_view name() const;

  /// Formats a conversation. `bos` is the text of the begin token, empty if there is none. Error `chat_template`: a foreign
  /// template, no messages, or a role that the family doesn't have.
  Result<RenderedChat> format(std::span<const Message> messages, bool thinking, bool add_generation_prompt,
                              std::string_view bos) const;
  /// The tokens of the prompt for the next assistant turn.
  Result<std::vector<std::uint32_t>> render(std::span<const Message> messages, bool thinking,
                                            const Tokenizer& tokenizer) const;

 private:
  Family family_;
  bool opens_thought_;  // deepseek-r1: whether the template itself writes <think>
};

/// Whether a prompt leaves the model inside a thought: its last <think> has no </think> behind it and stands at the end, but
/// for white space.
bool ends_inside_think(std::string_view prompt);

}  // namespace lemma
