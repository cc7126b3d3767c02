// Lemma's chat template: the one source for tokenizer_config.json and for `tokenizer.chat_template` in GGUF files. The
// C++ core formats the same natively; a test holds the two equal. A plain constant: importing it loads nothing.

/**
 * Jinja: `<|system|>…<|user|>…<|assistant|>…<|end|>` without line breaks, earlier thoughts dropped. With
 * `add_generation_prompt` it ends in `<|assistant|><think>`; `enable_thinking=false` closes the thought at once.
 */
export const LEMMA_CHAT_TEMPLATE: string = [
  "{%- for message in messages -%}",
  "{%- if message.role == 'system' -%}<|system|>{{ message.content }}",
  "{%- elif message.role == 'user' -%}<|user|>{{ message.content }}",
  "{%- elif message.role == 'tool' -%}<|tool|>{{ message.content }}",
  "{%- elif message.role == 'assistant' -%}<|assistant|>{{ message.content.split('</think>')[-1] }}<|end|>",
  "{%- else -%}{{ raise_exception('unknown role ' + message.role) }}",
  "{%- endif -%}",
  "{%- endfor -%}",
  "{%- if add_generation_prompt -%}<|assistant|><think>",
  "{%- if enable_thinking is defined and not enable_thinking -%}</think>{%- endif -%}",
  "{%- endif -%}",
].join("");
