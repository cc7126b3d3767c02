// `lemma run`: asks a model and shows thought, step marks and answer. Owns the printing and the conversation; the engine
// generates and the checker judges.

import { createInterface } from "node:readline/promises";
import "@lemma/gym"; // Registers the task families, so that questions are recognised.
import {
  LemmaError,
  type Message,
  type StepVerdict,
  type StreamEvent,
  type Usage,
  type Verified,
} from "@lemma/protocol";
import { DEFAULT_ATTEMPTS, makeStepChecker, verifiedStream } from "@lemma/verify";
import type { Command, CommandContext } from "../command.ts";
import { UsageError } from "../flags.ts";
import { MODEL_FLAGS, openModel } from "../open-model.ts";
import { StepPrinter } from "../step-printer.ts";
import { SUMMARIES } from "../summaries.ts";
import { checkTask } from "../task-flags.ts";
import { readInput } from "../terminal.ts";

export const run: Command = {
  name: "run",
  summary: SUMMARIES.run,
  arguments: "[PROMPT]",
  positionals: 1,
  about:
    "Prints the thought with a mark a step (✓ proved, ✗ refuted, ? unknown) and then the answer. Without PROMPT it reads\n" +
    "the prompt from standard input, or opens a conversation on a terminal. Ctrl-C stops an answer.\n" +
    "With --verified the answer is put back into the question (no reference is known) before it is shown: the first is the\n" +
    "likeliest one, the next are samples, until one passes; ↩ marks one that is taken back. If none passes, the best is\n" +
    "shown and marked.",
  flags: {
    model: { help: "id or path (default lemma-s)", value: "MODEL", short: "m" },
    system: { help: "a system prompt", value: "TEXT" },
    task: { help: "the family the question belongs to (default: recognised)", value: "ID" },
    temperature: { help: "0 takes the likeliest token (default: the model's own)", value: "X", kind: "number" },
    "top-p": { help: "keep the likeliest tokens of this total probability", value: "X", kind: "number" },
    "top-k": { help: "keep the K likeliest tokens", value: "K", kind: "count" },
    "min-p": { help: "keep tokens of this probability relative to the likeliest", value: "X", kind: "number" },
    "repetition-penalty": { help: "above 1: tokens of the last 64 become less likely", value: "X", kind: "number" },
    "presence-penalty": { help: "-2 to 2, against tokens that the answer holds", value: "X", kind: "number" },
    "frequency-penalty": { help: "-2 to 2, against tokens by how often it holds them", value: "X", kind: "number" },
    seed: { help: "the same seed gives the same answer", value: "N", kind: "count" },
    stop: { help: "end the answer before this text; may be repeated", value: "TEXT", many: true },
    "max-tokens": { help: "ceiling for thought and answer", value: "N", kind: "count" },
    "no-thinking": { help: "answer without a thought" },
    verified: { help: "check the answer, and ask again where the check fails" },
    attempts: {
      help: `with --verified: answers to try at most (default ${DEFAULT_ATTEMPTS})`,
      value: "N",
      kind: "count",
    },
    ...MODEL_FLAGS,
    json: { help: "one object: {model, reasoning, text, steps, usage}, with --verified also {verified}" },
  },
  examples: [
    {
      line: 'lemma run "Solve the differential equation dy/dx = x^2 + y"',
      shows: "the steps with their marks, then the solution",
    },
    {
      line: 'lemma run --verified "Solve -7x+4=3x-26"',
      shows: "attempts that fail are taken back; the last line says what the check proved",
    },
    {
      line: "echo '2x+3=11' | lemma run --json",
      shows: '{"model":"lemma-s","reasoning":"…","text":"…","steps":[…],"usage":{…}}',
    },
  ],
  async run(context) {
    const { flags, positionals, terminal } = context;
    const task = flags.text("task");
    if (task !== undefined) checkTask(task);
    checkAttempts(flags);
    const prompt = positionals[0] ?? (await readInput());
    if (prompt !== undefined && prompt.trim() === "") throw new UsageError("the prompt is empty");
    if (prompt === undefined && flags.on("json"))
      throw new UsageError("--json needs a PROMPT or text on standard input");
    const { id, model } = await openModel(flags.text("model") ?? "lemma-s", flags, { maxSequences: 1 });
    await using _ = model;
    const system: Message[] =
      flags.text("system") === undefined ? [] : [{ role: "system", content: flags.text("system")! }];
    if (prompt === undefined) {
      await converse(model, system, context);
      return 0;
    }
    const reply = await ask(model, [...system, { role: "user", content: prompt }], context, flags.on("json"));
    if (flags.on("json")) {
      const { reasoning, text, steps, usage, verified } = reply;
      terminal.json({ model: id, reasoning, text, steps, usage, ...(verified === undefined ? {} : { verified }) });
    }
    return 0;
  },
};

interface Answer {
  reasoning: string;
  text: string;
  steps: StepVerdict[];
  usage: Usage;
  verified?: Verified;
}

type Engine = Awaited<ReturnType<typeof openModel>>["model"];

/** Streams one reply; prints it unless `silent`. An abort leaves what has come so far. */
async function ask(
  model: Engine,
  messages: Message[],
  { flags, terminal, signal }: Pick<CommandContext, "flags" | "terminal" | "signal">,
  silent: boolean,
): Promise<Answer> {
  const task = flags.text("task");
  const question = messages.findLast(({ role }) => role === "user")!.content;
  const about = task === undefined ? { question } : { question, task };
  const options = { ...samplingOptions(flags), checker: () => makeStepChecker(about), signal };
  const attempts = flags.number("attempts") ?? DEFAULT_ATTEMPTS;
  const events = flags.on("verified")
    ? verifiedStream(model, messages, options, { ...about, attempts })
    : model.stream(messages, options);
  const printer = silent ? undefined : new StepPrinter(terminal);
  const usage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0 };
  const answer: Answer = { reasoning: "", text: "", steps: [], usage };
  try {
    for await (const event of events) {
      printer?.event(event);
      take(event, answer);
    }
  } catch (error) {
    if (!(LemmaError.isInstance(error) && error.code === "LEMMA_E_ABORTED")) throw error;
  }
  printer?.end();
  return answer;
}

/** Adds an event to the answer; an attempt that is withdrawn leaves nothing. */
function take(event: StreamEvent, answer: Answer): void {
  switch (event.type) {
    case "reasoning-delta":
      answer.reasoning += event.text;
      break;
    case "text-delta":
      answer.text += event.text;
      break;
    case "step-verdict":
      answer.steps[event.step.index] = event.step;
      break;
    case "attempt-withdrawn":
      answer.reasoning = "";
      answer.steps = [];
      break;
    case "verified":
      answer.verified = event.verified;
      break;
    case "finish":
      answer.usage = event.usage;
  }
}

function checkAttempts(flags: CommandContext["flags"]): void {
  const attempts = flags.number("attempts");
  if (attempts === undefined) return;
  if (!flags.on("verified")) throw new UsageError("--attempts needs --verified");
  if (attempts < 1) throw new UsageError("--attempts: expected 1 or more, found 0");
}

function samplingOptions(flags: CommandContext["flags"]) {
  const numbers = {
    temperature: flags.number("temperature"),
    topP: flags.number("top-p"),
    topK: flags.number("top-k"),
    minP: flags.number("min-p"),
    repetitionPenalty: flags.number("repetition-penalty"),
    presencePenalty: flags.number("presence-penalty"),
    frequencyPenalty: flags.number("frequency-penalty"),
    seed: flags.number("seed"),
    maxTokens: flags.number("max-tokens"),
  };
  const stop = flags.list("stop");
  return {
    ...(Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined)) as Record<
      keyof typeof numbers,
      number
    >),
    ...(stop === undefined ? {} : { stop }),
    ...(flags.on("no-thinking") ? { thinking: false } : {}),
  };
}

/** Questions and answers in turn until the input ends. Ctrl-C stops an answer; at the prompt it ends the conversation. */
async function converse(model: Engine, system: Message[], context: CommandContext): Promise<void> {
  const { terminal, flags } = context;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const messages = [...system];
  let stop = new AbortController();
  let answering = false;
  lines.on("SIGINT", () => (answering ? stop.abort() : lines.close()));
  const closed = new Promise<undefined>((resolve) => lines.once("close", () => resolve(undefined)));
  terminal.note(terminal.errorStyle("dim", "Ctrl-C stops an answer, Ctrl-D ends the conversation."));
  for (;;) {
    const question = await Promise.race([lines.question("> ").catch(() => undefined), closed]);
    if (question === undefined) return;
    if (question.trim() === "") continue;
    messages.push({ role: "user", content: question });
    stop = new AbortController();
    answering = true;
    const { text } = await ask(model, messages, { flags, terminal, signal: stop.signal }, false);
    answering = false;
    messages.push({ role: "assistant", content: text });
  }
}
