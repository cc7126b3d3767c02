// Scoring with models of known faults: every count must be exactly what the faults cause.

import assert from "node:assert/strict";
import { test } from "node:test";
import { generate, generateRow } from "@lemma/gym";
import type { DatasetRow, Message } from "@lemma/protocol";
import { countSteps } from "@lemma/verify";
import { CellTable, pool } from "./cells.ts";
import { compareOutcomes, comparisonCells } from "./comparison.ts";
import { evaluate } from "./evaluate.ts";
import type { EvaluatedModel, Reply } from "./model.ts";
import { problemsOf } from "./problems.ts";
import { markdownReport } from "./report.ts";
import { scoreReply } from "./score-reply.ts";
import { mcnemar, newcombePaired } from "./statistics/difference.ts";
import { verifiedGains } from "./verified-gain.ts";
import { type WrongLine, wrongLine } from "./wrong-line.ts";

const settings = { tasks: ["addition-subtraction", "ordering"], count: 60, seed: 5 };
const rows = new Map<string, DatasetRow>(
  settings.tasks.flatMap((task) => problemsOf(task, settings)).map(({ row }) => [row.messages[0]!.content, row]),
);

const reference = (row: DatasetRow): Reply => {
  const { content, reasoning_content = "" } = row.messages.at(-1)!;
  return { reasoning: reasoning_content, text: content, finishReason: "stop" };
};

/** A model that answers from the reference, after `spoil`. */
const model = (
  spoil: (reply: Reply, row: DatasetRow, sample: number) => Reply,
): EvaluatedModel & { asked: number } => ({
  asked: 0,
  async generate(input: Message[], { n = 1, temperature }) {
    this.asked++;
    await new Promise((resolve) => setImmediate(resolve));
    const row = rows.get(input.at(-1)!.content)!;
    const first = temperature === 0 ? 0 : 1;
    return { choices: Array.from({ length: n }, (_, i) => spoil(reference(row), row, first + i)) };
  },
});

test("the problems: as many as asked for, none twice, held out, both languages, the same for the same seed", () => {
  const problems = problemsOf("addition-subtraction", { count: 80, seed: 1 });
  assert.equal(problems.length, 80);
  assert.equal(new Set(problems.map(({ row }) => row.key)).size, 80);
  assert.ok(problems.every(({ row }) => row.split === "heldout" && row.phrasing.startsWith("trained")));
  assert.deepEqual(new Set(problems.map(({ row }) => row.language)), new Set(["en", "zh"]));
  assert.deepEqual(problemsOf("addition-subtraction", { count: 80, seed: 1 }), problems);
  assert.notDeepEqual(problemsOf("addition-subtraction", { count: 80, seed: 2 }), problems);
  const chosen = problemsOf("ordering", { count: 9, levels: [1, 2], languages: ["zh"], phrasing: "heldout" });
  assert.deepEqual(
    [1, 2].map((level) => chosen.filter(({ row }) => row.level === level).length),
    [4, 5],
  );
  assert.ok(chosen.every(({ row }) => row.language === "zh" && row.phrasing.startsWith("heldout")));
});

test("a perfect model: all right, every checkable step proved, nothing refuted", async () => {
  const progress: number[] = [];
  const { lines, wrong } = await evaluate({
    ...settings,
    model: model((reply) => reply),
    onProgress: ({ done }) => progress.push(done),
  });
  assert.equal(pool(lines).n, 120);
  assert.equal(pool(lines).right, 120);
  assert.deepEqual(wrong, []);
  assert.equal(progress.at(-1), 120);
  for (const line of lines) {
    assert.equal(line.accuracy, 1);
    assert.equal(line.high, 1);
    assert.ok(line.low > 0 && line.low < 1);
    assert.equal(line.steps.refuted, 0);
    assert.ok(line.steps.all > 0 && line.steps.proved === line.steps.checkable, JSON.stringify(line));
    assert.deepEqual([line.unparsed, line.truncated, line.phrasing], [0, 0, "trained"]);
  }
  const cells = lines.map(({ task, cell, language }) => `${task} ${cell} ${language}`);
  assert.equal(new Set(cells).size, cells.length);
});

test("faults are counted where they belong", async () => {
  const kinds = ["right", "wrong answer", "no box", "cut off"];
  const kindOf = new Map([...rows.keys()].map((question, i) => [question, kinds[i % 4]!]));
  const spoil = (reply: Reply, row: DatasetRow): Reply => {
    const kind = kindOf.get(row.messages[0]!.content);
    if (kind === "wrong answer") return { ...reply, text: "\\boxed{-987654}", reasoning: "1+1=3" };
    if (kind === "no box") return { ...reply, text: "I don't know." };
    if (kind === "cut off") return { reasoning: "", text: "", finishReason: "length" };
    return reply;
  };
  const result = await evaluate({ ...settings, model: model(spoil) });
  const { lines, wrong } = result;
  const total = (of: (line: (typeof lines)[number]) => number): number =>
    lines.reduce((sum, line) => sum + of(line), 0);
  assert.equal(
    total((line) => line.right),
    30,
  );
  assert.equal(
    total((line) => line.truncated),
    30,
  );
  assert.equal(
    total((line) => line.unparsed),
    60,
  );
  assert.equal(
    total((line) => line.steps.refuted),
    30,
  );
  assert.equal(wrong.length, 90);
  assert.ok(wrong.filter(({ firstWrongStep }) => firstWrongStep === "1+1=3").length === 30);
  const report = markdownReport(result);
  assert.match(report, /\| addition-subtraction \| trained \| 60 \| 25\.0 \|/);
  assert.match(report, /first wrong step `1\+1=3`/);
});

test("two models on the same problems: pairs by family, luck apart from sound answers, the mean of families", async () => {
  const questions = [...rows.keys()];
  const place = (row: DatasetRow): number => questions.indexOf(row.messages[0]!.content);
  const wrong = (reply: Reply): Reply => ({ ...reply, text: "\\boxed{-987654}" });
  const lucky = (reply: Reply): Reply => ({ ...reply, reasoning: `${reply.reasoning}\n1+1=3` });
  // Of 60 sums the first model misses 20 and guesses 10 of the rest, the second misses 5 others; orders are right in both.
  const first = model((reply, row) => (place(row) < 20 ? wrong(reply) : place(row) < 30 ? lucky(reply) : reply));
  const second = model((reply, row) => (place(row) >= 55 && place(row) < 60 ? wrong(reply) : reply));
  const [before, after] = [
    await evaluate({ ...settings, model: first }),
    await evaluate({ ...settings, model: second }),
  ];
  const [sums, orders, mean, ...none] = compareOutcomes(before.outcomes, after.outcomes);
  assert.deepEqual(none, []);
  assert.deepEqual(
    [sums!.task, sums!.n, sums!.right.first, sums!.right.second],
    ["addition-subtraction", 60, 40 / 60, 55 / 60],
  );
  assert.deepEqual([sums!.sound.first, sums!.sound.second, sums!.sound.gain], [30 / 60, 55 / 60, 25 / 60]);
  assert.equal(sums!.right.gain, 15 / 60);
  const paired = newcombePaired(35, 20, 5, 0);
  assert.deepEqual([sums!.right.interval, sums!.p], [paired, 2 * mcnemar(20, 5)]); // two families: the smaller p counts twice
  assert.deepEqual([orders!.right.gain, orders!.p, orders!.sound.first], [0, 1, 1]);
  assert.deepEqual([mean!.task, mean!.n, mean!.p], ["mean", 120, null]);
  assert.ok(Math.abs(mean!.right.gain - 7.5 / 60) < 1e-12);
  // 25 of 60 pairs differ, by 15 in sum; the other family by nothing: sqrt((25/60 - 1/16) / 60) / 2 a standard error.
  const error = Math.sqrt((25 / 60 - 1 / 16) / 60) / 2;
  assert.ok(Math.abs(mean!.right.interval.high - mean!.right.gain - 1.959964 * error) < 1e-6);
  assert.deepEqual(comparisonCells(sums!).slice(0, 5), ["addition-subtraction", "60", "66.7", "91.7", "25.0"]);
  assert.throws(
    () => compareOutcomes(before.outcomes, after.outcomes.slice(1)),
    /same 120 problems.* 119 of which number 0/,
  );
  assert.throws(() => compareOutcomes(before.outcomes.slice(1), after.outcomes.slice(1, -1)), /number 118/);
});

test("by wording: the same problems, each wording with its own faults and an example of its own", async () => {
  const isHard = ({ phrasing, language }: DatasetRow): boolean => phrasing === "trained-2" && language === "en";
  const spoil = (reply: Reply, row: DatasetRow): Reply => (isHard(row) ? { ...reply, text: "no" } : reply);
  const result = await evaluate({ ...settings, model: model(spoil) });
  assert.deepEqual(pool(result.phrasings), pool(result.lines));
  const places = result.phrasings.map(
    ({ task, level, language, phrasing }) => `${task} ${level} ${language} ${phrasing}`,
  );
  assert.equal(new Set(places).size, places.length);
  for (const lines of Map.groupBy(result.phrasings, ({ task, language }) => `${task} ${language}`).values()) {
    const numbers = lines.map(({ phrasing }) => Number(phrasing.split("-")[1]));
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    );
  }
  let hard = 0;
  for (const { task, phrasing, language, level, example, n, right } of result.phrasings) {
    const row = rows.get(example)!;
    assert.deepEqual([row.task, row.phrasing, row.language, row.level], [task, phrasing, language, level]);
    const own = [...rows.values()].filter((other) => {
      return other.task === task && other.phrasing === phrasing && other.language === language;
    });
    assert.deepEqual([n, right], [own.length, isHard(row) ? 0 : own.length]);
    if (isHard(row)) hard++;
  }
  assert.ok(hard > 0);
  assert.match(
    markdownReport(result, { by: "phrasing" }),
    /\| trained-2 \| en \| \d+ \| \d+ \| 0\.0 \| .* \| `[^`]+` \|/,
  );
});

test("a wrong line is plain JSON with all that a person needs, and makes its problem again", async () => {
  const spoil = (reply: Reply): Reply => {
    const tokens = { tokens: Uint32Array.of(1, 2, 3) }; // the engine's replies have more fields than a line shows
    return { ...reply, ...tokens, text: "\\boxed{-987654}", reasoning: "1+1=3" };
  };
  const { wrong } = await evaluate({ ...settings, model: model(spoil) });
  assert.equal(wrong.length, 120);
  for (const reply of wrong) {
    const { row, cell } = reply;
    const line = JSON.parse(JSON.stringify(wrongLine(reply))) as WrongLine;
    assert.deepEqual(line, wrongLine(reply));
    const { task, level, language, split, seed, index } = line;
    const phrasing = line.phrasing as NonNullable<Parameters<typeof generateRow>[0]["phrasing"]>;
    assert.deepEqual(generateRow({ task, level, language, split, phrasing, seed, index }), row);
    assert.deepEqual(
      [line.id, line.cell, line.question, line.answer],
      [row.id, cell, row.messages[0]!.content, row.answer],
    );
    assert.deepEqual(line.reply, { reasoning: "1+1=3", text: "\\boxed{-987654}", finishReason: "stop" });
    assert.equal(line.firstWrongStep, "1+1=3");
    assert.equal(line.expectedStep, row.messages.at(-1)!.reasoning_content!.split("\n")[0]);
    assert.notEqual(line.verdict.verdict, "proved");
  }
});

test("an abort is an error, never a score of replies that it cut short", async () => {
  const controller = new AbortController();
  const cut: EvaluatedModel = {
    generate: async (_, { signal }) => {
      await new Promise((resolve) => signal!.addEventListener("abort", resolve, { once: true }));
      return { choices: [{ reasoning: "", text: "", finishReason: "abort" }] };
    },
  };
  const scored = evaluate({ ...settings, model: cut, concurrency: 1000, signal: controller.signal });
  setImmediate(() => controller.abort());
  await assert.rejects(scored, { code: "LEMMA_E_ABORTED" });
});

test("with selection: all attempts are made, and a later one that passes is given", async () => {
  const made = new Map<string, number>();
  const counted: EvaluatedModel = {
    generate: async (input) => {
      const question = input.at(-1)!.content;
      const before = made.get(question) ?? 0;
      made.set(question, before + 1);
      const reply = reference(rows.get(question)!);
      return { choices: [before === 2 ? reply : { ...reply, text: "\\boxed{-987654}" }] };
    },
  };
  const { lines } = await evaluate({
    ...settings,
    tasks: ["addition-subtraction"],
    model: counted,
    attempts: 4,
    select: true,
  });
  for (const { n, right, selected, verified } of lines) {
    assert.deepEqual([right, selected], [0, n]);
    const counts = { by: "recomputing", replies: 4 * n, passed: n, letThrough: 0, refused: 0, gained: n, lost: 0 };
    assert.deepEqual(verified, counts);
  }
  const good: EvaluatedModel = {
    generate: async (input) => ({ choices: [reference(rows.get(input.at(-1)!.content)!)] }),
  };
  const best = await evaluate({ ...settings, tasks: ["ordering"], model: good, attempts: 3, select: true });
  for (const { n, selected, verified } of best.lines)
    assert.deepEqual([selected, verified!.replies, verified!.refused], [n, 3 * n, 0]);
});

test("with attempts: the greedy reply is the first, checked replies beside it on the same problems, kinds apart", async () => {
  // Greedy sums are wrong, the second reply is without an answer, the third right; orders are right at once.
  const asked: { question: string; temperature: number | undefined; seed: number | undefined }[] = [];
  const counted: EvaluatedModel = {
    generate: async (input, { temperature, seed, n }) => {
      const question = input.at(-1)!.content;
      assert.equal(n, 1);
      const before = asked.filter((other) => other.question === question).length;
      asked.push({ question, temperature, seed });
      const row = rows.get(question)!;
      const reply = reference(row);
      if (row.task === "ordering" || before === 2) return { choices: [reply] };
      return { choices: [{ ...reply, text: before === 0 ? "\\boxed{-987654}" : "hm" }] };
    },
  };
  const result = await evaluate({ ...settings, model: counted, attempts: 4 });
  const greedy = await evaluate({
    ...settings,
    model: model((reply, row) => (row.task === "ordering" ? reply : { ...reply, text: "\\boxed{-987654}" })),
  });
  assert.deepEqual(
    result.lines.map(({ selected: _, verified: __, ...line }) => line),
    greedy.lines,
  );
  assert.ok(greedy.lines.every((line) => line.selected === undefined && line.verified === undefined));
  for (const { task, n, right, selected, verified } of result.lines) {
    const [by, replies, gained] = task === "ordering" ? ["checking", n, 0] : ["recomputing", 3 * n, n];
    assert.deepEqual([right, selected], [task === "ordering" ? n : 0, n]);
    assert.deepEqual(verified, { by, replies, passed: n, letThrough: 0, refused: 0, gained, lost: 0 });
  }
  for (const own of Map.groupBy(asked, ({ question }) => question).values()) {
    assert.deepEqual(
      own.map(({ temperature }) => temperature),
      [0, 1, 1].slice(0, own.length),
    );
    assert.equal(new Set(own.map(({ seed }) => seed)).size, own.length);
  }
  assert.deepEqual([result.wrong.length, result.letThrough.length], [60, 0]);
  const gains = verifiedGains(result.lines);
  assert.deepEqual(
    gains.map(({ task, by, n, greedy, checked, errorsGone, meanReplies }) => [task, by, n, greedy, checked, errorsGone, meanReplies]),
    [["ordering", "checking", 60, 1, 1, null, 1], ["addition-subtraction", "recomputing", 60, 0, 1, 1, 3]],
  ); // biome-ignore format: short
  assert.ok(gains[1]!.interval.low > 0.9 && gains[1]!.p < 1e-9);
  assert.deepEqual([gains[0]!.gain, gains[0]!.p], [0, 1]);
  assert.match(markdownReport(result), /\| addition-subtraction \| recomputing \| 60 \| 0\.0 \| 100\.0 \| 100\.0 \|/);
});

test("what a check lets through, refuses and spoils is counted, and shown by name", async () => {
  const [problem] = problemsOf("ordering", settings);
  const table = new CellTable();
  const scored = await scoreReply(problem!.row, reference(problem!.row));
  const score = (right: boolean) => ({ ...scored, right });
  const outcome = { by: "checking", attempts: 2, passed: true, greedyPassed: false } as const;
  table.add(problem!, score(false), { ...outcome, right: false });
  table.add(problem!, score(true), { ...outcome, right: false, passed: false });
  table.add(problem!, score(true), { ...outcome, right: true });
  table.add(problem!, score(true), { ...outcome, right: true, attempts: 1, greedyPassed: true });
  const [line] = table.lines();
  const verified = { by: "checking", replies: 7, passed: 3, letThrough: 1, refused: 2, gained: 0, lost: 1 };
  assert.deepEqual([line!.selected, line!.verified], [2, verified]);
  const [gain] = verifiedGains([line!]);
  assert.deepEqual([gain!.greedy, gain!.checked, gain!.letThrough, gain!.refused], [0.75, 0.5, 1, 2]);
  // An order of which only the first name is given passes no check that knows the whole; one that does would be listed.
  const reply = { reasoning: "", text: "\\boxed{Zed}", finishReason: "stop" } as const;
  const slip = { row: problem!.row, cell: "x", reply, score: score(false), firstWrongStep: null, expectedStep: null };
  const report = markdownReport({ lines: [line!], phrasings: [], outcomes: [], wrong: [], letThrough: [slip] });
  assert.match(report, /1 wrong answers passed the check/);
});

test("steps: prose is not checkable, unlinked proofs don't count, withdrawn refutations neither", async () => {
  const [row] = generate({ task: "addition-subtraction", seed: 1, language: "en", count: 1 });
  const reply = {
    text: row!.messages[1]!.content,
    reasoning: "let us see\n2+2=5\n[BACK]",
    finishReason: "stop",
  } as const;
  const { counts, steps } = await scoreReply(row!, reply);
  assert.equal(counts.refuted, 0);
  assert.equal(steps.filter(({ verdict, withdrawn }) => verdict === "refuted" && withdrawn).length, 1);
  const unlinked = {
    verdict: "proved",
    method: "exact",
    index: 0,
    text: "",
    start: 0,
    end: 0,
    withdrawn: false,
  } as const;
  assert.deepEqual(countSteps([{ ...unlinked, from: [] }]), { all: 1, checkable: 1, proved: 0, refuted: 0 });
});
