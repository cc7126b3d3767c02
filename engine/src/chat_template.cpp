// Writes conversations in the four native formats. Recognition is in chat_template_recognise.cpp.

#include "chat_template.h"

#include "quoted.h"
#include "utf8.h"

namespace lemma {
namespace {

constexpr std::string_view kThink = "<think>";
constexpr std::string_view kEndThink = "</think>";

Status broken(const std::string& problem) { return Status::error(Code::chat_template, "chat template: " + problem); }

/// Collects markup and message text, noting which is which.
struct Writer {
  RenderedChat chat;

  Writer& markup(std::string_view text) {
    chat.text += text;
    return *this;
  }
  Writer& message(std::string_view text) {
    if (!text.empty()) {
      chat.literal.push_back({chat.text.size(), chat.text.size() + text.size()});
      chat.text += text;
    }
    return *this;
  }
};

/// An assistant's turn without its thought.
std::string_view without_thought(std::string_view content) {
  const std::size_t end = content.rfind(kEndThink);
  return end == std::string_view::npos ? content : content.substr(end + kEndThink.size());
}

/// Without white space at both ends.
std::string_view trimmed(std::string_view text) {
  std::size_t start = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character next = decode_utf8(text, at);
    const std::size_t behind = at + (next.length == 0 ? 1 : next.length);
    if (next.length == 0 || character_class(next.code_point) != CharacterClass::space) {
      start = std::min(start, at);
      end = behind;
    }
    at = behind;
  }
  return start < end ? text.substr(start, end - start) : std::string_view();
}

Status unknown_role(const Message& message, std::string_view roles) {
  return broken("expected a role of " + std::string(roles) + ", found " + quoted(message.role));
}

Status write_lemma(std::span<const Message> messages, bool thinking, bool prompt, Writer& out) {
  for (const Message& message : messages) {
    if (message.role == "system" || message.role == "user" || message.role == "tool") {
      out.markup("<|" + message.role + "|>").message(message.content);
    } else if (message.role == "assistant") {
      out.markup("<|assistant|>").message(without_thought(message.content)).markup("<|end|>");
    } else {
      return unknown_role(message, "system, user, assistant, tool");
    }
  }
  if (prompt) out.markup("<|assistant|>").markup(kThink).markup(thinking ? "" : kEndThink);
  return Status{};
}

Status write_deepseek(std::span<const Message> messages, bool thinking, bool prompt, bool opens_thought,
                      std::string_view bos, Writer& out) {
  std::string_view system;  // the last one counts
  for (const Message& message : messages) {
    if (message.role == "system") system = message.content;
  }
  out.markup(bos).message(system);
  for (const Message& message : messages) {
    if (message.role == "user") {
      out.markup("<｜User｜>").message(message.content);
    } else if (message.role == "assistant") {
      out.markup("<｜Assistant｜>").message(without_thought(message.content)).markup("<｜end▁of▁sentence｜>");
    } else if (message.role != "system") {
      return unknown_role(message, "system, user, assistant");
    }
  }
  if (!prompt) return Status{};
  out.markup("<｜Assistant｜>");
  if (!thinking) {
    out.markup("<think>\n\n</think>\n\n");
  } else if (opens_thought) {
    out.markup("<think>\n");
  }
  return Status{};
}

Status write_chatml(std::span<const Message> messages, bool prompt, Writer& out) {
  for (const Message& message : messages) {
    if (message.role != "system" && message.role != "user" && message.role != "assistant" && message.role != "tool") {
      return unknown_role(message, "system, user, assistant, tool");
    }
    out.markup("<|im_start|>" + message.role + "\n").message(message.content).markup("<|im_end|>\n");
  }
  if (prompt) out.markup("<|im_start|>assistant\n");
  return Status{};
}

Status write_llama3(std::span<const Message> messages, bool prompt, std::string_view bos, Writer& out) {
  out.markup(bos);
  for (const Message& message : messages) {
    if (message.role != "system" && message.role != "user" && message.role != "assistant" && message.role != "tool") {
      return unknown_role(message, "system, user, assistant, tool");
    }
    out.markup("<|start_header_id|>" + message.role + "<|end_header_id|>\n\n")
        .message(trimmed(message.content))
        .markup("<|eot_id|>");
  }
  if (prompt) out.markup("<|start_header_id|>assistant<|end_header_id|>\n\n");
  return Status{};
}

}  // namespace

std::string_view ChatTemplate::name() const {
  switch (family_) {
    case Family::foreign: return "";
    case Family::lemma: return "lemma";
    case Family::deepseek_r1: return "deepseek-r1";
    case Family::chatml: return "chatml";
    case Family::llama3: return "llama-3";
  }
  return "";
}

Result<RenderedChat> ChatTemplate::format(std::span<const Message> messages, bool thinking, bool add_generation_prompt,
                                          std::string_view bos) const {
  if (messages.empty()) return broken("expected at least one message, found none");
  Writer out;
  switch (family_) {
    case Family::foreign:
      return broken("the model's template is none of lemma, deepseek-r1, chatml, llama-3; use `complete` with raw text");
    case Family::lemma: LEMMA_TRY(write_lemma(messages, thinking, add_generation_prompt, out)); break;
    case Family::deepseek_r1:
      LEMMA_TRY(write_deepseek(messages, thinking, add_generation_prompt, opens_thought_, bos, out));
      break;
    case Family::chatml: LEMMA_TRY(write_chatml(messages, add_generation_prompt, out)); break;
    case Family::llama3: LEMMA_TRY(write_llama3(messages, add_generation_prompt, bos, out)); break;
  }
  return std::move(out.chat);
}

Result<std::vector<std::uint32_t>> ChatTemplate::render(std::span<const Message> messages, bool thinking,
                                                        const Tokenizer& tokenizer) const {
  const std::string_view bos = tokenizer.bos() ? tokenizer.token_bytes(*tokenizer.bos()) : std::string_view();
  LEMMA_ASSIGN(const RenderedChat chat, format(messages, thinking, true, bos));
  std::vector<std::uint32_t> tokens;
  tokenizer.encode(chat.text, true, chat.literal, nullptr, tokens);
  return tokens;
}

bool ends_inside_think(std::string_view prompt) {
  const std::size_t last = prompt.rfind(kThink);
  return last != std::string_view::npos && trimmed(prompt.substr(last + kThink.size())).empty();
}

}  // namespace lemma
