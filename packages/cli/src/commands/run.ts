// `lemma run`: asks a model and shows thought, step marks and answer. Owns the printing and the conversation; the engine
// generates and the checker judges.

import { createInterface } from "node:readline/promises";
import "@lemma/gym"; // Registers the task families, so that questions are recognised.
import { LemmaError, type Message, type StepVerdict, type Usage } from "@lemma/protocol";
import { makeStepChecker } from "@lemma/verify";
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
    "the prompt from standard input, or opens a conversation on a terminal. Ctrl-C stops an answer.",
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
    ...MODEL_FLAGS,
    json: { help: "one object: {model, reasoning, text, steps, usage}" },
  },
  examples: [
    {
      line: 'lemma run "Solve the differential equation dy/dx = x^2 + y"',
      shows: "the steps with their marks, then the solution",
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
      const { reasoning, text, steps, usage } = reply;
      terminal.json({ model: id, reasoning, text, steps, usage });
    }
    return 0;
  },
};

interface Answer {
  reasoning: string;
  text: string;
  steps: StepVerdict[];
  usage: Usage;
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
  const checker = makeStepChecker(task === undefined ? { question } : { question, task });
  const printer = silent ? undefined : new StepPrinter(terminal);
  const usage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0 };
  const answer: Answer = { reasoning: "", text: "", steps: [], usage };
  try {
    for await (const event of model.stream(messages, { ...samplingOptions(flags), checker, signal })) {
      if (event.type === "reasoning-delta") {
        answer.reasoning += event.text;
        printer?.reasoning(event.text);
      } else if (event.type === "text-delta") {
        answer.text += event.text;
        printer?.text(event.text);
      } else if (event.type === "step-verdict") {
        answer.steps[event.step.index] = event.step;
        printer?.step(event.step);
      } else answer.usage = event.usage;
    }
  } catch (error) {
    if (!(LemmaError.isInstance(error) && error.code === "LEMMA_E_ABORTED")) throw error;
  }
  printer?.end();
  return answer;
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
