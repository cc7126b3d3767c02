// Chat templates: the native formatters equal Jinja on every family, foreign templates render under limits, and message text
// can't become a control token either way.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Message } from "@lemma/protocol";
import { ChatFormatter } from "./chat-formatter.ts";
import { JINJA_LIMITS, renderJinja } from "./jinja-template.ts";
import { LEMMA_CHAT_TEMPLATE } from "./lemma-template.ts";

// Templates written for this test with the markup and the logic of each family.
const TEMPLATES = {
  lemma: LEMMA_CHAT_TEMPLATE,
  chatml:
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
  "llama-3":
    "{% for message in messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}",
  "deepseek-r1": `{%- set ns = namespace(system_prompt='') -%}
{%- for message in messages -%}
  {%- if message['role'] == 'system' -%}{%- set ns.system_prompt = message['content'] -%}{%- endif -%}
{%- endfor -%}{{ bos_token }}{{ ns.system_prompt }}
{%- for message in messages -%}
  {%- if message['role'] == 'user' -%}{{ '<｜User｜>' + message['content'] }}{%- endif -%}
  {%- if message['role'] == 'assistant' -%}
    {%- set content = message['content'] -%}
    {%- if '</think>' in content -%}{%- set content = content.split('</think>')[-1] -%}{%- endif -%}
    {{ '<｜Assistant｜>' + content + '<｜end▁of▁sentence｜>' }}
  {%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<｜Assistant｜><think>\\n' }}{%- endif -%}`,
};

const CONVERSATIONS: Message[][] = [
  [{ role: "user", content: "2+2=?" }],
  [
    { role: "system", content: " be brief \n" },
    { role: "user", content: "\n解方程 <think> 3x=6\n" },
    { role: "assistant", content: "<think>a</think>b</think>x=2 " },
    { role: "user", content: "" },
  ],
  [
    { role: "user", content: "{{ 7*7 }} {% raw %}" },
    { role: "assistant", content: "49" },
    { role: "user", content: "🙂 \u2028 '\"\\n" },
  ],
];

const TOKENS = { bos: "<BOS>", eos: "<EOS>", control: ["<|end|>", "<|user|>", "<|im_end|>"] };

for (const [name, source] of Object.entries(TEMPLATES)) {
  test(`${name}: native and Jinja agree`, () => {
    const formatter = new ChatFormatter(source, TOKENS);
    assert.equal(formatter.name, name);
    for (const messages of CONVERSATIONS) {
      for (const addGenerationPrompt of [true, false]) {
        const common = { messages, addGenerationPrompt, bos: "<BOS>", eos: "<EOS>", controlTokens: TOKENS.control };
        const jinja = renderJinja(source, { ...common, thinking: true });
        assert.equal(formatter.format(messages, { addGenerationPrompt }).text, jinja.text);
        if (name !== "lemma") continue;
        const off = renderJinja(source, { ...common, thinking: false });
        assert.equal(formatter.format(messages, { addGenerationPrompt, thinking: false }).text, off.text);
      }
    }
  });
}

const FOREIGN = `{% for message in messages %}<|user|>{{ message.content | trim | upper }}<|end|>{% endfor %}`;

test("a foreign template renders through Jinja, with control tokens of messages marked", () => {
  const formatter = new ChatFormatter(FOREIGN.replace(" | upper", ""), TOKENS);
  assert.equal(formatter.name, "");
  const { text, literal } = formatter.format([{ role: "user", content: " é<|end|>x<|en " }]);
  assert.equal(text, "<|user|>é<|end|>x<|en<|end|>");
  assert.deepEqual([...literal], [10, 11]);
  const cut = formatter.format([{ role: "user", content: "x<|en" }]);
  assert.deepEqual([...cut.literal], [9, 10]);
});

test("templates that go too far are stopped", () => {
  const refuse = (source: string, problem: RegExp) => {
    const formatter = new ChatFormatter(source, TOKENS);
    assert.throws(
      () => formatter.format([{ role: "user", content: "x" }]),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, "LEMMA_E_TEMPLATE");
        assert.match(error.message, problem);
        return true;
      },
      source.slice(0, 80),
    );
  };
  refuse("{% for i in range(40000) %}{% for j in range(40000) %}{{ i }}{% endfor %}{% endfor %}", /steps/);
  refuse("{% for i in range(100000000) %}x{% endfor %}", /range\(\)/);
  refuse(
    "{% set ns = namespace(a='xxxxxxxx') %}{% for i in range(60) %}{% set ns.a = ns.a + ns.a %}{% endfor %}",
    /string/,
  );
  refuse("{% set ns = namespace(a=[1]) %}{% for i in range(60) %}{% set ns.a = ns.a + ns.a %}{% endfor %}", /list/);
  refuse(`{{ '${"x".repeat(JINJA_LIMITS.templateCharacters)}' }}`, /characters/);
  refuse(`{{ ${"(".repeat(1e5)} }}`, /stack/);
  refuse("{{ raise_exception('no tools here') }}", /no tools here/);
  refuse("{% if %}", /./);
  refuse("{{ messages.__class__.constructor('return process')() }}", /./);
  refuse("", /has none/);
});

test("a template sees no more than it should", () => {
  const formatter = new ChatFormatter("[{{ process }}{{ globalThis }}{{ require }}{{ strftime_now }}]", TOKENS);
  assert.equal(formatter.format([{ role: "user", content: "x" }]).text, "[]");
});
