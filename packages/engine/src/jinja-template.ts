// Renders a foreign chat template with @huggingface/jinja under limits: templates come with model files and are untrusted.
// A template may evaluate at most MAX_STEPS nodes and build strings and lists of bounded size; there is no timer.
//
// Message text must not yield control tokens. Where a message holds a control token's text (or ends in the beginning of one),
// a mark that occurs in no message is put behind the first character; the template sees harmless text. After rendering the
// marks are taken out again and their places returned as ranges in which no control token may begin.

import { Environment, Interpreter, parse, tokenize } from "@huggingface/jinja";
import { LemmaError, type Message } from "@lemma/protocol";
import type { NativeChat } from "./native.ts";

/** Limits on one rendering. */
export const JINJA_LIMITS = Object.freeze({
  templateCharacters: 1 << 18,
  steps: 200_000,
  stringCharacters: 1 << 23,
  listItems: 50_000,
});

export interface JinjaInput {
  messages: readonly Message[];
  thinking: boolean;
  addGenerationPrompt: boolean;
  bos: string;
  eos: string;
  controlTokens: readonly string[];
}

/** What is used of the library's interpreter, whose own type declarations don't resolve under `nodenext`. */
interface JinjaInterpreter {
  evaluate(node: unknown, environment: unknown): { value: unknown };
  run(program: unknown): { value: unknown };
}
const PlainInterpreter = Interpreter as unknown as new (environment: unknown) => JinjaInterpreter;

/** An interpreter that counts what it does. */
class BoundedInterpreter extends PlainInterpreter {
  #steps = 0;

  override evaluate(node: unknown, environment: unknown): { value: unknown } {
    if (++this.#steps > JINJA_LIMITS.steps) throw new Error(`it takes more than ${JINJA_LIMITS.steps} steps`);
    const result = super.evaluate(node, environment);
    const value = result.value;
    if (typeof value === "string" && value.length > JINJA_LIMITS.stringCharacters) {
      throw new Error(`it builds a string of more than ${JINJA_LIMITS.stringCharacters} characters`);
    }
    if (Array.isArray(value) && value.length > JINJA_LIMITS.listItems) {
      throw new Error(`it builds a list of more than ${JINJA_LIMITS.listItems} items`);
    }
    return result;
  }
}

function range(start: number, stop?: number, step = 1): number[] {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (!(step !== 0) || (to - from) / step > JINJA_LIMITS.listItems) {
    throw new Error(`range() gives more than ${JINJA_LIMITS.listItems} items`);
  }
  const items: number[] = [];
  for (let item = from; step > 0 ? item < to : item > to; item += step) items.push(item);
  return items;
}

/** The names that templates may use. Dates are fixed to nothing: a prompt depends on its input alone. */
function environment(input: JinjaInput, messages: readonly Message[]): Environment {
  const names: Record<string, unknown> = {
    true: true,
    True: true,
    false: false,
    False: false,
    none: null,
    None: null,
    range,
    raise_exception: (message: unknown) => {
      throw new Error(String(message));
    },
    messages,
    bos_token: input.bos,
    eos_token: input.eos,
    add_generation_prompt: input.addGenerationPrompt,
    enable_thinking: input.thinking,
    thinking: input.thinking,
  };
  const made = new Environment();
  for (const [name, value] of Object.entries(names)) made.set(name, value);
  return made;
}

/** A private-use character that no message holds. */
function freeMark(messages: readonly Message[]): string {
  for (let code = 0xe000; code < 0xf8ff; code++) {
    const mark = String.fromCharCode(code);
    const holds = (text: string | undefined) => text?.includes(mark) === true;
    if (!messages.some((message) => holds(message.content) || holds(message.reasoning_content))) return mark;
  }
  throw new Error("the messages hold every private-use character");
}

/** Puts `mark` behind the first character of every control token in `text`, and of a beginning of one at its end. */
function markControlTokens(text: string, controlTokens: readonly string[], mark: string): string {
  const places = new Set<number>();
  for (const token of controlTokens) {
    if (token === "") continue;
    for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) places.add(at + 1);
    for (let length = Math.min(token.length - 1, text.length); length > 0; length--) {
      if (text.endsWith(token.slice(0, length))) places.add(text.length - length + 1);
    }
  }
  let marked = "";
  let from = 0;
  for (const place of [...places].sort((a, b) => a - b)) {
    marked += text.slice(from, place) + mark;
    from = place;
  }
  return marked + text.slice(from);
}

/** Takes the marks out of a rendered prompt; each becomes the byte range of the character before it. */
function unmark(rendered: string, mark: string): NativeChat {
  const parts = rendered.split(mark);
  const literal: number[] = [];
  let bytes = 0;
  for (const part of parts.slice(0, -1)) {
    bytes += Buffer.byteLength(part);
    literal.push(bytes - 1, bytes);
  }
  return { text: parts.join(""), literal: Uint32Array.from(literal) };
}

const parsed = new Map<string, unknown>();

function parseTemplate(source: string): unknown {
  const known = parsed.get(source);
  if (known) return known;
  if (source.length > JINJA_LIMITS.templateCharacters) {
    throw new Error(`it has more than ${JINJA_LIMITS.templateCharacters} characters`);
  }
  const program = parse(tokenize(source, { lstrip_blocks: true, trim_blocks: true }));
  if (parsed.size >= 16) parsed.clear();
  parsed.set(source, program);
  return program;
}

/**
 * Renders a conversation with a Jinja template.
 * @throws LEMMA_E_TEMPLATE: a syntax error, an exception that the template raises, or a limit.
 */
export function renderJinja(source: string, input: JinjaInput): NativeChat {
  try {
    const mark = freeMark(input.messages);
    const messages = input.messages.map((message) => ({
      ...message,
      content: markControlTokens(message.content, input.controlTokens, mark),
      ...(message.reasoning_content === undefined
        ? {}
        : { reasoning_content: markControlTokens(message.reasoning_content, input.controlTokens, mark) }),
    }));
    const interpreter = new BoundedInterpreter(environment(input, messages));
    const rendered = interpreter.run(parseTemplate(source)).value;
    return unmark(String(rendered), mark);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new LemmaError("LEMMA_E_TEMPLATE", { problem }, { cause: error });
  }
}
