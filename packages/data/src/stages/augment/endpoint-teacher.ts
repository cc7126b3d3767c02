// A model behind an OpenAI-compatible endpoint as a teacher. Owns the request, what of a reply is believed, and which failures are tried
// again:
//   429, 5xx, 408, 409, no connection, a reply that takes too long   tried again; after the last time the stage stops
//   a reply that is no reply (garbage, cut JSON, too large)           tried again; after the last time this request is given up
//   400, 413, 422                                                     this request is given up: the endpoint won't have it
//   any other answer, a redirect among them                           the stage stops
// The key is sent in a header and nowhere else: a text that holds it is never passed on.

import { LemmaError, type Message } from "@lemma/protocol";
import { z } from "zod";
import { type AskOptions, apiKey, teacherName } from "./ask-options.ts";
import { type Reply, type Sampling, type Teacher, type TeacherName, UnusableReply } from "./teacher.ts";

/** The first pause before another try, in milliseconds; each is twice the one before. */
const FIRST_PAUSE = 250;
/** The longest pause, also where an endpoint asks for a longer one. */
const LONGEST_PAUSE = 60_000;
/** How much of an answer that is no reply is read for the message. */
const PROBLEM_BYTES = 1 << 14;

const replySchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({
          content: z.string().nullish(),
          reasoning_content: z.string().nullish(),
          reasoning: z.string().nullish(),
        }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
});

/** A failure of one try: tried again, then told as `last`. */
class Failed extends Error {
  readonly last: (problem: string) => Error;
  readonly pause: number;

  constructor(problem: string, last: (problem: string) => Error, pause = 0) {
    super(problem);
    this.last = last;
    this.pause = pause;
  }
}

export class EndpointTeacher implements Teacher {
  readonly name: TeacherName;
  readonly #url: string;
  readonly #key: string | undefined;
  readonly #options: AskOptions & { endpoint: string; model: string };

  /** Throws LEMMA_E_OPTION where the key's variable is not set. */
  constructor(options: AskOptions & { endpoint: string; model: string }) {
    this.name = teacherName(options);
    this.#options = options;
    this.#key = options.apiKeyEnv === undefined ? undefined : apiKey(options.apiKeyEnv);
    const url = new URL(options.endpoint);
    url.pathname = `${url.pathname.replace(/\/$/, "")}/chat/completions`;
    this.#url = url.href;
  }

  async ask(messages: readonly Message[], sampling: Sampling): Promise<Reply> {
    const { model, maxTokensField, retries } = this.#options;
    const body = JSON.stringify({
      model,
      messages: messages.map(({ role, content }) => ({ role, content })),
      temperature: sampling.temperature,
      top_p: sampling.topP,
      seed: sampling.seed,
      [maxTokensField]: sampling.maxTokens,
      stream: false,
    });
    for (let tries = 0; ; tries++) {
      try {
        return await this.#once(body);
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        if (tries === retries) throw error.last(this.#plain(`${error.message}, ${tries + 1} times`));
        const growing = FIRST_PAUSE * 2 ** tries * (0.5 + Math.random() / 2); // so that processes don't come back together
        await pause(Math.min(LONGEST_PAUSE, Math.max(error.pause, growing)));
      }
    }
  }

  async #once(body: string): Promise<Reply> {
    const { timeoutSeconds, maxReplyBytes } = this.#options;
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.#url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          ...(this.#key === undefined ? {} : { authorization: `Bearer ${this.#key}` }),
        },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutSeconds * 1000),
      });
      text = await boundedText(response, response.ok ? maxReplyBytes : PROBLEM_BYTES, response.ok);
    } catch (error) {
      if (error instanceof Failed) throw error;
      const problem = failureOf(error);
      throw problem === undefined
        ? new Failed(
            `no reply after ${timeoutSeconds} s`,
            () => new LemmaError("LEMMA_E_TIMEOUT", { seconds: timeoutSeconds }),
          )
        : new Failed(problem, this.#stop);
    }
    if (!response.ok) throw this.#refusal(response, text);
    return this.#reply(text);
  }

  readonly #stop = (problem: string): LemmaError =>
    new LemmaError("LEMMA_E_CONNECTION", { url: this.#options.endpoint, problem });

  /** What an answer with another status than 2xx means. */
  #refusal({ status, headers }: Response, text: string): Error {
    if (status >= 300 && status < 400) return this.#stop(`answers ${status}, a redirect, which is not followed`);
    const problem = this.#plain(`answers ${status}: ${messageIn(text)}`);
    if (status === 408 || status === 409 || status === 429 || status >= 500)
      return new Failed(problem, this.#stop, askedPause(headers));
    return [400, 413, 422].includes(status) ? new UnusableReply(problem) : this.#stop(problem);
  }

  /** The reply in the text of an answer. */
  #reply(text: string): Reply {
    const bad = (problem: string): Failed => new Failed(problem, (all) => new UnusableReply(all));
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw bad(`a reply that is no JSON, of ${text.length} characters`);
    }
    const parsed = replySchema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw bad(`a reply of another form: ${issue!.path.join(".")}: ${issue!.message}`);
    }
    const { message, finish_reason: reason } = parsed.data.choices[0]!;
    const reply = splitThought(message.content ?? "", message.reasoning_content ?? message.reasoning ?? "");
    for (const part of [reply.text, reply.reasoning]) {
      if (this.#key !== undefined && part.includes(this.#key)) throw bad("a reply with the key in it");
      if (!part.isWellFormed() || CONTROLS.test(part)) throw bad("a reply with characters that are no text");
    }
    return { ...reply, finishReason: String(reason ?? "stop").slice(0, 40) };
  }

  /** A problem as it may be told: without the key, on one line, not long. */
  #plain(problem: string): string {
    const hidden = this.#key === undefined ? problem : problem.replaceAll(this.#key, "…");
    return hidden.replace(/\s+/g, " ").slice(0, 300).toWellFormed();
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** A thought that stands in the answer's text as `<think>…</think>` is taken out of it. */
function splitThought(content: string, reasoning: string): Pick<Reply, "text" | "reasoning"> {
  const start = content.trimStart();
  const end = start.indexOf("</think>");
  if (reasoning !== "" || !start.startsWith("<think>") || end < 0)
    return { text: content.trim(), reasoning: reasoning.trim() };
  return { reasoning: start.slice("<think>".length, end).trim(), text: start.slice(end + "</think>".length).trim() };
}

/** The body as text. What is longer is not read on: a fault where it should be a reply, else only its beginning counts. */
async function boundedText(response: Response, most: number, isReply: boolean): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > most) {
      if (isReply) throw new Failed(`a reply of more than ${most} bytes`, (problem) => new UnusableReply(problem));
      break;
    }
    pieces.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

/** Why there was no answer; undefined where it took too long. */
function failureOf(error: unknown): string | undefined {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === "TimeoutError") return undefined;
  return `no answer (${cause?.code ?? cause?.message ?? message})`.slice(0, 200);
}

/** The message of an error object as OpenAI writes it, else the beginning of the text. */
function messageIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } | string };
    const message = typeof error === "object" ? error?.message : error;
    if (typeof message === "string") return message;
  } catch {}
  return text;
}

/** Milliseconds that the header `retry-after` asks for: seconds, or a date. */
function askedPause(headers: Headers): number {
  const text = headers.get("retry-after");
  if (text === null) return 0;
  const milliseconds = /^\d+(\.\d+)?$/.test(text.trim()) ? 1000 * Number(text) : Date.parse(text) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
