// The stage `decontaminate`: documents that contain evaluation items are dropped. Owns its options and phases.
//
// index: the items of all sets, once. check: a task for each input file. canaries: disguised copies of items are planted among the
// documents of a shadow run, which nobody keeps. certificate: certificate.json, what was checked and how much of it is found.

import { readFileSync } from "node:fs";
import { LemmaError } from "@lemma/protocol";
import { z } from "zod";
import { sha256Of } from "../../digest.ts";
import { type DataDocument, withHistory } from "../../documents/document.ts";
import { encodeRecords, readDocuments, readRecords } from "../../documents/document-file.ts";
import type { Phase, Stage, TaskContext } from "../../pipeline/stage.ts";
import { familiesOf, type HeldOut, heldOutIn, questionsOf } from "../../questions/held-out.ts";
import { type CanaryCount, plantCanaries } from "./canaries.ts";
import { type CheckTally, certificateOf, type SetSummary } from "./certificate.ts";
import { EvaluationIndex, type Match } from "./evaluation-index.ts";
import {
  type EvaluationItem,
  evaluationFiles,
  evaluationSets,
  GYM_SET,
  gymItems,
  gymTasks,
  readItems,
} from "./evaluation-items.ts";

const options = z.strictObject({
  against: z
    .array(z.string())
    .default([])
    .describe("files of evaluation items (.jsonl, .txt, .md), folders or patterns"),
  fields: z
    .array(z.string())
    .default(["question", "problem", "prompt", "input", "query", "text"])
    .describe(
      "of evaluation records: the first of these that is a text is the item; of messages it is the last user's turn",
    ),
  gym: z.boolean().default(false).describe("check against the gym's held-out problems and wordings, too"),
  gymTasks: z.array(z.string()).default([]).describe("the gym's families; all where left out"),
  gymCount: z
    .int()
    .nonnegative()
    .default(200)
    .describe("held-out problems of each family in the index; others are known by key"),
  ngram: z.int().min(2).max(31).default(13).describe("tokens of an n-gram"),
  share: z.number().gt(0).max(1).default(0.5).describe("of an item's n-grams in one place: as many drop a document"),
  shortTokens: z.int().min(2).max(31).default(20).describe("items of fewer tokens are matched whole"),
  minTokens: z
    .int()
    .min(1)
    .max(31)
    .default(5)
    .describe("items of fewer tokens are not matched; the certificate counts them"),
  canaries: z.int().nonnegative().default(200).describe("disguised copies of each set's items that measure recall"),
  seed: z.int().nonnegative().default(1).describe("of the gym's problems and the canaries"),
  evaluationDigest: z.string().default("").describe("SHA-256 over the evaluation sets; filled in where left out"),
});

type Options = z.infer<typeof options>;
type Context = TaskContext<Options>;

const index: Phase<Options> = {
  name: "index",
  tasks: () => 1,
  async run({ plan, put }) {
    const { against, fields, gym, gymCount, seed, ngram, share, shortTokens, minTokens } = plan.options;
    const tasks = gym ? gymTasks(plan.options.gymTasks) : [];
    const sets = evaluationSets(against, tasks);
    const found = digestOf(sets);
    if (found !== plan.options.evaluationDigest)
      throw new LemmaError("LEMMA_E_FILE", {
        path: against.join(", "),
        problem: `the evaluation files have changed since the stage began: expected ${plan.options.evaluationDigest}, found ${found}`,
      });
    const items: EvaluationItem[] = [];
    const unread: number[] = [];
    for (const [i, path] of against.entries()) {
      const read = await readItems(path, sets[i]!.name, fields);
      for (const item of read.items) items.push(item);
      unread.push(read.unread);
    }
    // Problems of one family differ in a few words: of the gym's, all n-grams must be there.
    if (gym) for (const item of gymItems(tasks, gymCount, seed)) items.push(item);
    const built = EvaluationIndex.build(
      items.map(({ set, text }) => ({ text, share: gym && set === GYM_SET ? 1 : share })),
      { ngram, shortTokens: Math.max(shortTokens, ngram), minTokens },
    );
    const summaries = sets.map((set, i): SetSummary => {
      const summary = { ...set, items: 0, matchedByOverlap: 0, matchedWhole: 0, tooShort: 0, unread: unread[i] ?? 0 };
      for (const [number, item] of items.entries()) {
        if (item.set !== set.name) continue;
        summary.items++;
        const tokens = built.tokens(number);
        if (tokens < minTokens) summary.tooShort++;
        else if (tokens < built.rule.shortTokens) summary.matchedWhole++;
        else summary.matchedByOverlap++;
      }
      return summary;
    });
    put(".index", "index", built.encode());
    put(".items", "items.jsonl.zst", encodeRecords(items), items.length);
    put(".sets", "sets.json", JSON.stringify(summaries));
    return { evaluation_items: items.length };
  },
};

/** What the tasks after `index` share. */
function opened({ files }: Pick<Context, "files">): { index: EvaluationIndex; items: EvaluationItem[] } {
  const [file] = files("index", ".index");
  const [list] = files("index", ".items");
  return {
    index: EvaluationIndex.decode(readFileSync(file!.path)),
    items: readRecords<EvaluationItem>(list!.path),
  };
}

const check: Phase<Options> = {
  name: "check",
  tasks: ({ plan }) => plan.inputs.length,
  run({ plan, task, files, putDocuments, put, progress }) {
    const { index: built, items } = opened({ files });
    const kept: DataDocument[] = [];
    const dropped: DataDocument[] = [];
    const tally: CheckTally = { checked: 0, rules: {}, sets: {}, items: [] };
    const found = new Set<number>();
    for (const document of readDocuments(plan.inputs[task]!.path)) {
      tally.checked++;
      const matches = built.matches(document.text);
      const heldOut = plan.options.gym ? heldOutOf(document, plan.options.gymTasks) : undefined;
      for (const { item } of matches) found.add(item);
      const reason = reasonOf(matches, heldOut, items);
      if (reason === undefined) kept.push(document);
      else {
        dropped.push(withHistory(document, { stage: "decontaminate", ...reason }));
        tally.rules[reason.rule] = (tally.rules[reason.rule] ?? 0) + 1;
        const sets = new Set(matches.map(({ item }) => items[item]!.set));
        if (heldOut !== undefined) sets.add(GYM_SET);
        for (const set of sets) tally.sets[set] = (tally.sets[set] ?? 0) + 1;
      }
      progress(tally.checked);
    }
    if (kept.length > 0) putDocuments("documents", kept);
    if (dropped.length > 0) putDocuments("dropped", dropped);
    tally.items = [...found].sort((a, b) => a - b);
    put(".tally", "tally.json", JSON.stringify(tally));
    const rules = Object.entries(tally.rules).map(([rule, count]) => [`dropped_${rule}`, count]);
    return { documents: tally.checked, kept: kept.length, dropped: dropped.length, ...Object.fromEntries(rules) };
  },
};

/** What of a document is a question of the held-out split, or in a held-out wording. */
function heldOutOf(document: DataDocument, tasks: readonly string[]): HeldOut | undefined {
  const among = familiesOf(document).filter(({ id }) => tasks.length === 0 || tasks.includes(id));
  for (const question of questionsOf(document)) {
    const found = heldOutIn(question, among);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Reason {
  rule: string;
  item: string;
  share: number;
  [more: string]: string | number;
}

/** The item that is contained most, the first of equals; else what is held out. */
function reasonOf(
  matches: readonly Match[],
  heldOut: HeldOut | undefined,
  items: readonly EvaluationItem[],
): Reason | undefined {
  const [first, ...rest] = matches;
  if (first !== undefined) {
    const best = rest.reduce((most, match) => (match.share > most.share ? match : most), first);
    return { rule: best.rule, item: items[best.item]!.id, share: best.share, items: matches.length };
  }
  if (heldOut === undefined) return undefined;
  return { rule: heldOut.rule, item: `${GYM_SET}#${heldOut.task}`, share: 1, value: heldOut.value };
}

const canaries: Phase<Options> = {
  name: "canaries",
  tasks: ({ plan }) => (plan.options.canaries > 0 ? 1 : 0),
  run(context) {
    const { canaries: count, seed, gym } = context.plan.options;
    const { index: built, items } = opened(context);
    const tasks = gym ? gymTasks(context.plan.options.gymTasks) : [];
    const counts = plantCanaries({ index: built, items, inputs: context.plan.inputs, count, seed, tasks });
    context.put(".canaries", "canaries.json", JSON.stringify(counts));
    const planted = counts.reduce((sum, { trials }) => sum + trials, 0);
    const found = counts.reduce((sum, { hits }) => sum + hits, 0);
    return { canaries: planted, canaries_found: found };
  },
};

const read = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8")) as T;

const certificate: Phase<Options> = {
  name: "certificate",
  tasks: () => 1,
  run({ plan, files, putAt }) {
    const [sets] = files("index", ".sets");
    const written = certificateOf({
      plan,
      rule: {
        ngram: plan.options.ngram,
        share: plan.options.share,
        shortTokens: Math.max(plan.options.shortTokens, plan.options.ngram),
        minTokens: plan.options.minTokens,
      },
      sets: read<SetSummary[]>(sets!.path),
      items: readRecords<EvaluationItem>(files("index", ".items")[0]!.path),
      tallies: files("check", ".tally").map(({ path }) => read<CheckTally>(path)),
      canaries: files("canaries", ".canaries").flatMap(({ path }) => read<CanaryCount[]>(path)),
      seed: plan.options.seed,
    });
    putAt("certificate", "certificate.json", `${JSON.stringify(written, null, 1)}\n`);
    return {};
  },
};

const digestOf = (sets: ReturnType<typeof evaluationSets>): string =>
  sha256Of(sets.map(({ name, sha256 }) => `${name} ${sha256}\n`).join(""));

/** Drops documents that contain evaluation items. */
export const decontaminate: Stage<Options> = {
  name: "decontaminate",
  version: "1",
  summary: "Drop documents that contain evaluation items",
  about:
    "Looks for the items of evaluation sets in each document, whatever the line wrapping, case, punctuation, Markdown and Unicode forms:\n" +
    "an item is contained where half of its 13-grams stand in one place, a short one where all its tokens stand in a row. With --gym\n" +
    "questions of the gym's held-out split and wordings are known by their meaning, too. Dropped documents say which item they contain;\n" +
    "certificate.json says what was checked, and how many planted copies were found.",
  example: {
    line: "lemma data decontaminate --in run/03-dedup --out run/04-decontaminate --against gsm8k-test.jsonl --gym",
    shows: "how many documents contain items, and the share of planted copies that were found",
  },
  reads: "documents",
  options,
  resolve(given, base) {
    if (given.against.length === 0 && !given.gym)
      throw new LemmaError("LEMMA_E_OPTION", {
        option: "against",
        expected: "evaluation files, or gym: true",
        found: "neither",
      });
    if (given.minTokens >= Math.max(given.shortTokens, given.ngram))
      throw new LemmaError("LEMMA_E_OPTION", {
        option: "minTokens",
        expected: `less than shortTokens and ngram (${Math.max(given.shortTokens, given.ngram)})`,
        found: given.minTokens,
      });
    const against = evaluationFiles(given.against, base);
    const tasks = gymTasks(given.gymTasks);
    const found = digestOf(evaluationSets(against, given.gym ? tasks : []));
    if (given.evaluationDigest !== "" && given.evaluationDigest !== found)
      throw new LemmaError("LEMMA_E_OPTION", {
        option: "evaluationDigest",
        expected: given.evaluationDigest,
        found,
      });
    return { ...given, against, evaluationDigest: found };
  },
  phases: [index, check, canaries, certificate],
};
