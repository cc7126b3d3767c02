// Known fields of OpenAI-compatible APIs whose effect this server does not have. Each passes only with a value that asks
// for nothing; any other value is refused, so that nobody is silently answered something else than asked.

import { LemmaError } from "@lemma/protocol";

interface Rule {
  expected: string;
  asksNothing(value: unknown): boolean;
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const only = (...values: unknown[]): Rule => ({
  expected: values.map((value) => JSON.stringify(value)).join(" or "),
  asksNothing: (value) => values.includes(value),
});

/** Rules by field of the request; absent and null always pass. */
export const UNSUPPORTED_FIELDS: Record<string, Rule> = {
  tools: { expected: "no tools: this server calls none yet", asksNothing: isEmptyList },
  functions: { expected: "no functions: this server calls none yet", asksNothing: isEmptyList },
  tool_choice: only("none", "auto"),
  function_call: only("none", "auto"),
  response_format: {
    expected: '{"type":"text"}',
    asksNothing: (value) => typeof value === "object" && value !== null && "type" in value && value.type === "text",
  },
  modalities: {
    expected: '["text"]',
    asksNothing: (value) => Array.isArray(value) && value.every((item) => item === "text"),
  },
  audio: { expected: "no audio: this server answers in text", asksNothing: () => false },
  web_search_options: { expected: "nothing: this server does not search the web", asksNothing: () => false },
};

/** The same for fields of a message. */
export const UNSUPPORTED_MESSAGE_FIELDS: Record<string, Rule> = {
  tool_calls: { expected: "no tool calls: this server calls no tools yet", asksNothing: isEmptyList },
  function_call: { expected: "no function call: this server calls no functions", asksNothing: () => false },
  audio: { expected: "no audio: this server reads text", asksNothing: () => false },
  prefix: only(false),
};

/** Throws LEMMA_E_REQUEST for the first field of `record` that asks for something that is not served. */
export function refuseUnsupported(record: object, rules: Record<string, Rule>, path: string): void {
  const fields = record as Record<string, unknown>;
  for (const [name, rule] of Object.entries(rules)) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined || value === null || rule.asksNothing(value)) continue;
    throw new LemmaError("LEMMA_E_REQUEST", { field: path + name, expected: rule.expected, found: foundText(value) });
  }
}

/** A short description of a value that came in: enough to recognise it, never the whole of it. */
export function foundText(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "string") {
    return value.length > 40
      ? `${JSON.stringify(value.slice(0, 40))}… (${value.length} characters)`
      : JSON.stringify(value);
  }
  return String(value);
}
