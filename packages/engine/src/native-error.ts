// Turns the addon's errors (an Error with a catalogue code) into LemmaError. The C++ core writes messages by the catalogue's
// templates; the details are read back from the message.

import { ERRORS, type ErrorCode, LemmaError } from "@lemma/protocol";

const patterns = new Map<ErrorCode, RegExp>();

/** A code's message template as a regular expression with one named group for each detail. */
function patternOf(code: ErrorCode): RegExp {
  const known = patterns.get(code);
  if (known) return known;
  const source = ERRORS[code].message
    .split(/(\{\w+\})/)
    .map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      return name === undefined ? part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : `(?<${name}>[^]*?)`;
    })
    .join("");
  const pattern = new RegExp(`^${source}$`);
  patterns.set(code, pattern);
  return pattern;
}

/** The LemmaError of a code and a message that follows the code's template; another message becomes `problem`. */
export function lemmaError(code: ErrorCode, message: string, cause?: unknown): LemmaError {
  const details: Record<string, string | number> = {};
  const groups = patternOf(code).exec(message)?.groups;
  for (const [name, value] of Object.entries(groups ?? { problem: message })) {
    details[name] = /^\d{1,15}$/.test(value) ? Number(value) : value;
  }
  return new LemmaError(code, details, cause === undefined ? undefined : { cause });
}

/** Any thrown value as what the engine's callers see: the addon's errors as LemmaError, others unchanged. */
export function fromNative(error: unknown): unknown {
  if (!(error instanceof Error) || LemmaError.isInstance(error)) return error;
  const code = (error as { code?: unknown }).code;
  if (typeof code !== "string" || !(code in ERRORS)) return error;
  return lemmaError(code as ErrorCode, error.message, error);
}

/** Runs a call into the addon, translating what it throws. */
export function callNative<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw fromNative(error);
  }
}
