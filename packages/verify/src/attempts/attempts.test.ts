// The loop on a scripted model: which replies are asked for, what is taken back, which is given, and what it all cost. The script says
// what the model writes at each attempt; the loop sees only its events.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type FinishReason, LemmaError, type StepChecker, type StreamEvent, type Usage } from "@lemma/protocol";
import { equivalent } from "../equivalent.ts";
import { makeStepChecker } from "../steps/checker.ts";
import { registerTask } from "../task.ts";
import { unknown } from "../verdict.ts";
import { attemptOptions, attemptSeed } from "./sampling.ts";
import { Selection } from "./selection.ts";
import { verifiedGenerate } from "./verified-generate.ts";
import { verifiedStream } from "./verified-stream.ts";

registerTask<string>({
  id: "test-sum",
  recognise: (question) => /^sum (.+)$/.exec(question)?.[1],
  premises: (sum) => [sum],
  checkAnswer: (sum, answer) =>
    answer.length > 12 ? unknown("budget") : /\d/.test(answer) ? equivalent(sum, answer) : unknown("unparsed"),
  answerBy: "recomputing",
});
const QUESTION = "sum 20+22";

interface Reply {
  reasoning?: string;
  text: string;
  finishReason?: FinishReason;
  error?: Error;
}
interface Options {
  temperature?: number;
  seed?: number;
  n?: number;
  maxTokens?: number;
  stop?: string[];
  checker?: () => StepChecker;
}

/** Writes what the script says, a character a token; remembers what it was asked and how many streams are open. */
class Scripted {
  readonly asked: Options[] = [];
  open = 0;
  readonly #replies: readonly Reply[];

  constructor(...replies: Reply[]) {
    this.#replies = replies;
  }

  async *stream(_: string, options: Options): AsyncGenerator<StreamEvent> {
    const { reasoning = "", text, finishReason = "stop", error } = this.#replies[this.asked.length]!;
    this.asked.push(options);
    if (error) throw error;
    this.open++;
    try {
      const checker = options.checker?.();
      for (const c of reasoning) {
        yield { type: "reasoning-delta", choice: 0, text: c };
        for (const step of checker?.push(c) ?? []) yield { type: "step-verdict", choice: 0, step };
      }
      for (const step of checker?.end() ?? []) yield { type: "step-verdict", choice: 0, step };
      for (const c of text) yield { type: "text-delta", choice: 0, text: c };
      yield { type: "finish", choice: 0, finishReason, usage: usageOf(reasoning, text) };
    } finally {
      this.open--;
    }
  }

  async generate(input: string, options: Options) {
    const choice = { reasoning: "", text: "", finishReason: "abort" as FinishReason };
    let usage = usageOf("", "");
    for await (const event of this.stream(input, options)) {
      if (event.type === "reasoning-delta") choice.reasoning += event.text;
      if (event.type === "text-delta") choice.text += event.text;
      if (event.type === "finish") [choice.finishReason, usage] = [event.finishReason, event.usage];
    }
    return { choices: [choice], usage };
  }
}

function usageOf(reasoning: string, text: string): Usage {
  const completionTokens = reasoning.length + text.length;
  return { promptTokens: 5, cachedTokens: 4, completionTokens, reasoningTokens: reasoning.length };
}

/** A reply with a thought that says what it answers. */
const says = (value: string, reasoning = `20+22=${value}`): Reply => ({ reasoning, text: `\\boxed{${value}}` });
const [WRONG, RIGHT] = [says("41"), says("42")];

async function collect(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** What stands at the end for a reader that honours withdrawals, and for one that knows only text. */
function stands(events: readonly StreamEvent[], choice = 0) {
  const own = events.filter((event) => event.choice === choice);
  const text = own.flatMap((event) => (event.type === "text-delta" ? [event.text] : [])).join("");
  const after = own.slice(own.findLastIndex(({ type }) => type === "attempt-withdrawn") + 1);
  const reasoning = after.flatMap((event) => (event.type === "reasoning-delta" ? [event.text] : [])).join("");
  const withdrawn = own.flatMap((event) => (event.type === "attempt-withdrawn" ? [event.withdrawn] : []));
  const [verified, ...more] = own.flatMap((event) => (event.type === "verified" ? [event.verified] : []));
  const finishes = own.flatMap((event) => (event.type === "finish" ? [event] : []));
  assert.equal(more.length, 0);
  assert.equal(finishes.length, 1);
  assert.equal(own.at(-1)?.type, "finish");
  return { text, reasoning, withdrawn, verified, finish: finishes[0]! };
}

const stream = (model: Scripted, options: Options = {}, attempts = 8, question = QUESTION) =>
  verifiedStream(model, "prompt", options, { question, attempts });

test("a greedy reply that passes is given at once: one request, temperature 0, nothing taken back", async () => {
  const model = new Scripted(RIGHT);
  const { verified, ...rest } = stands(await collect(stream(model, { temperature: 0.7, seed: 9, maxTokens: 50 })));
  assert.deepEqual(verified, { verdict: "proved", method: "exact", attempts: 1, task: "test-sum", by: "recomputing" });
  assert.deepEqual([rest.text, rest.reasoning, rest.withdrawn], ["\\boxed{42}", "20+22=42", []]);
  assert.deepEqual(model.asked, [{ temperature: 0, seed: 9, maxTokens: 50, n: 1 }]);
});

test("failed attempts are taken back with their answers; what follows the last is the reply", async () => {
  const model = new Scripted(WRONG, says("seven", ""), says("43"), RIGHT, RIGHT);
  const events = await collect(
    stream(model, { seed: 9, stop: ["\n\n"], checker: () => makeStepChecker({ question: QUESTION }) }),
  );
  const { text, reasoning, withdrawn, verified, finish } = stands(events);
  assert.deepEqual([text, reasoning, verified?.attempts, verified?.verdict], ["\\boxed{42}", "20+22=42", 4, "proved"]);
  assert.deepEqual(
    withdrawn.map(({ attempt, text, verdict }) => [attempt, text, verdict]),
    [[1, "\\boxed{41}", "refuted"], [2, "\\boxed{seven}", "unknown"], [3, "\\boxed{43}", "refuted"]],
  ); // biome-ignore format: short
  assert.equal(model.asked.length, 4);
  assert.deepEqual(
    model.asked.map(({ temperature, stop, n }) => [temperature, stop, n]),
    [0, 1, 1, 1].map((temperature) => [temperature, ["\n\n"], 1]),
  );
  const all = [WRONG, says("seven", ""), says("43"), RIGHT].map(({ reasoning = "", text }) => usageOf(reasoning, text));
  for (const field of ["promptTokens", "cachedTokens", "completionTokens", "reasoningTokens"] as const)
    assert.equal(
      finish.usage[field],
      all.reduce((sum, usage) => sum + usage[field], 0),
    );
  // Each attempt had a checker of its own: steps count from 0 again.
  const steps = events.flatMap((event) =>
    event.type === "step-verdict" ? [[event.step.index, event.step.verdict]] : [],
  );
  assert.deepEqual(steps, [[0, "refuted"], [0, "refuted"], [0, "proved"]]); // biome-ignore format: short
});

test("the answer of an attempt is held until it is judged, the thought is not", async () => {
  const kinds: string[] = [];
  for await (const { type } of stream(new Scripted(WRONG, RIGHT))) if (kinds.at(-1) !== type) kinds.push(type);
  assert.deepEqual(kinds, [
    "reasoning-delta",
    "attempt-withdrawn",
    "reasoning-delta",
    "text-delta",
    "verified",
    "finish",
  ]);
});

test("none passes: the best is given and marked, an earlier one comes again", async () => {
  const refutedTwice = says("40", "20+22=39\n20+22=40");
  for (const [replies, best, withdrawals] of [
    [[refutedTwice, WRONG, refutedTwice], 1, 3],
    [[refutedTwice, refutedTwice, WRONG], 2, 2],
    [[WRONG, says("20+22+unread+0"), says("43")], 1, 3], // open beats refuted
    [[says("43"), WRONG, WRONG], 1, 3], // alike in steps: the majority
    [[says("43"), WRONG, says("44")], 0, 3], // alike in all: the first
    [[{ text: "" }, { text: "\\boxed{" }, says("1", "")], 2, 2],
  ] as const) {
    const events = await collect(stream(new Scripted(...replies), {}, 3));
    const { text, reasoning, withdrawn, verified } = stands(events);
    const expected: Reply = replies[best]!;
    assert.deepEqual([text, reasoning], [expected.text, expected.reasoning ?? ""], JSON.stringify(replies));
    assert.equal(withdrawn.length, withdrawals);
    assert.equal(verified?.attempts, 3);
    assert.notEqual(verified?.verdict, "proved");
  }
});

test("what nobody can check is asked once, and its answer is not held", async () => {
  const model = new Scripted(WRONG);
  const events = await collect(stream(model, {}, 8, "who are you?"));
  assert.deepEqual(stands(events).verified, { verdict: "unknown", reason: "unsupported", attempts: 1 });
  assert.equal(stands(events).text, WRONG.text);
  const named = await collect(
    verifiedStream(new Scripted(WRONG), "", {}, { question: "?", task: "test-sum", attempts: 8 }),
  );
  assert.equal(stands(named).verified?.attempts, 1);
});

test("whole replies are those of the stream", async () => {
  for (const replies of [
    [RIGHT],
    [WRONG, RIGHT],
    [WRONG, says("43", ""), says("40", "1=2\n2=3")],
    [{ text: "?" }, WRONG, { text: "" }],
  ]) {
    const about = { question: QUESTION, attempts: 3 };
    const { choices, usage } = await verifiedGenerate(new Scripted(...replies), "", { seed: 1 }, about);
    const streamed = stands(await collect(verifiedStream(new Scripted(...replies), "", { seed: 1 }, about)));
    const { reasoning, text, verified, finish } = streamed;
    assert.deepEqual(choices, [{ reasoning, text, finishReason: finish.finishReason, verified }]);
    assert.deepEqual(usage, finish.usage);
  }
});

test("choices come one after the other, each with attempts of its own; only the first begins greedily", async () => {
  const script = [WRONG, RIGHT, says("43"), says("44"), says("42", ""), RIGHT];
  const model = new Scripted(...script);
  const events = await collect(stream(model, { n: 3, seed: 5 }, 3));
  assert.deepEqual(
    [0, 1, 2].map((choice) => [stands(events, choice).verified?.attempts, stands(events, choice).text]),
    [2, 3, 1].map((attempts) => [attempts, "\\boxed{42}"]),
  );
  assert.deepEqual(
    model.asked.map(({ temperature }) => temperature),
    [0, 1, 1, 1, 1, 1],
  );
  assert.equal(new Set(model.asked.map(({ seed }) => seed)).size, 6);
  const counted = script.reduce((sum, { reasoning = "", text }) => sum + reasoning.length + text.length, 0);
  assert.equal(stands(events, 2).finish.usage.completionTokens, counted);
  const whole = await verifiedGenerate(
    new Scripted(...script),
    "",
    { n: 3, seed: 5 },
    { question: QUESTION, attempts: 3 },
  );
  assert.deepEqual(
    whole.choices.map(({ verified }) => verified.attempts),
    [2, 3, 1],
  );
  assert.equal(whole.usage.completionTokens, counted);
  // Choice 0 is what n: 1 gives.
  assert.deepEqual(model.asked.slice(0, 2), (await asked(new Scripted(WRONG, RIGHT), { seed: 5 })).asked);
});

async function asked(model: Scripted, options: Options): Promise<Scripted> {
  await collect(stream(model, options));
  return model;
}

test("seeds: the first attempt has the request's own, others differ, are whole and the same each time", () => {
  assert.equal(attemptSeed(7, 1), 7);
  const seeds = [0, 7, 8, 2 ** 53 - 1].flatMap((seed) =>
    [0, 1, 2, 127].flatMap((choice) => Array.from({ length: 32 }, (_, i) => attemptSeed(seed, i + 1, choice))),
  );
  assert.ok(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0));
  assert.equal(new Set(seeds).size, seeds.length);
  assert.equal(attemptSeed(7, 2), attemptSeed(7, 2));
  const options: Options = { maxTokens: 9 };
  assert.deepEqual(attemptOptions(options, 2), { maxTokens: 9, temperature: 1, n: 1 });
  assert.deepEqual([0.3, 0, undefined].map((temperature) => attemptOptions(temperature === undefined ? {} : { temperature }, 3).temperature), [0.3, 1, 1]); // biome-ignore format: short
});

test("leaving the loop ends the running attempt", async () => {
  const model = new Scripted(WRONG, RIGHT);
  for await (const event of stream(model)) {
    assert.equal(model.open, 1);
    if (event.type === "reasoning-delta") break;
  }
  assert.deepEqual([model.open, model.asked.length], [0, 1]);
});

test("an attempt that the caller cut short is given as it is, unmarked, and nothing more is asked", async () => {
  for (const before of [[], [WRONG]]) {
    const model = new Scripted(...before, { ...WRONG, finishReason: "abort" }, RIGHT);
    const { text, finish, verified } = stands(await collect(stream(model)));
    assert.deepEqual(
      [text, finish.finishReason, verified, model.asked.length],
      [WRONG.text, "abort", undefined, before.length + 1],
    );
    const whole = await verifiedGenerate(
      new Scripted(...before, { ...WRONG, finishReason: "abort" }),
      "",
      {},
      { question: QUESTION, attempts: 8 },
    );
    assert.equal(whole.choices[0]!.finishReason, "abort");
  }
});

test("a full queue is an error at first; later it ends the asking with the best so far", async () => {
  const full = { text: "", error: new LemmaError("LEMMA_E_OVERLOADED", { waiting: 1, limit: 1, retryAfter: 2 }) };
  await assert.rejects(collect(stream(new Scripted(full))), { code: "LEMMA_E_OVERLOADED" });
  const { text, reasoning, withdrawn, verified } = stands(
    await collect(stream(new Scripted(WRONG, says("40", "1=2\n2=3"), full))),
  );
  assert.deepEqual([text, reasoning, withdrawn.length, verified?.attempts], [WRONG.text, WRONG.reasoning, 2, 2]);
  const whole = await verifiedGenerate(new Scripted(WRONG, full), "", {}, { question: QUESTION, attempts: 8 });
  assert.deepEqual([whole.choices[0]!.text, whole.choices[0]!.verified.attempts], [WRONG.text, 1]);
  const broken = { text: "", error: new LemmaError("LEMMA_E_DISPOSED") };
  await assert.rejects(collect(stream(new Scripted(WRONG, broken))), { code: "LEMMA_E_DISPOSED" });
});

test("a reply that a limit cut passes only if its answer does", async () => {
  const cut: Reply = { reasoning: "20+22", text: "", finishReason: "length" };
  const { verified, finish, text } = stands(
    await collect(stream(new Scripted(cut, { ...RIGHT, finishReason: "length" }))),
  );
  assert.deepEqual(
    [verified?.attempts, verified?.verdict, finish.finishReason, text],
    [2, "proved", "length", RIGHT.text],
  );
});

test("an attempt limit below 1 still asks once", () => {
  const selection = new Selection({ question: QUESTION, attempts: 0 });
  assert.equal(selection.next, 1);
});

test("with all: every attempt is made, and the best is chosen by check, lines and votes", () => {
  const choose = (...replies: Reply[]): number => {
    const selection = new Selection<{ reasoning: string; text: string; finishReason: FinishReason }>({
      question: QUESTION,
      attempts: replies.length,
      all: true,
    });
    for (const { reasoning = "", text, finishReason = "stop" } of replies) {
      assert.notEqual(selection.next, undefined);
      selection.add({ reasoning, text, finishReason });
    }
    assert.equal(selection.next, undefined);
    assert.equal(selection.verified.attempts, replies.length);
    return selection.best.attempt;
  };
  const long = (value: string) => says(`${value}${"+0".repeat(6)}`, ""); // too long for the check: unknown
  assert.equal(choose(WRONG, RIGHT, RIGHT), 2, "one that passes, the first of equals");
  assert.equal(choose(says("42", "20+22=41"), RIGHT), 2, "fewer false lines among those that pass");
  assert.equal(choose(says("42", ""), RIGHT), 2, "more proved lines");
  assert.equal(choose(WRONG, long("41"), says("hm", "")), 2, "what can't be judged before what is refuted");
  assert.equal(choose(says("41", ""), says("40", ""), says("40", "")), 2, "the answer of most");
  const unchecked = new Selection({ question: "nobody's", attempts: 3, all: true });
  assert.equal(unchecked.isSingle, false);
});
