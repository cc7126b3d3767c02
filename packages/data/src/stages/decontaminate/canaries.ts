// Canaries: disguised copies of evaluation items in documents of a shadow run. Owns where they are planted and when one counts as found;
// they never reach an output. A copy counts as found only where its own item is named, so a host that holds items itself adds nothing.

import { generateRow, Random } from "@lemma/gym";
import { readDocuments } from "../../documents/document-file.ts";
import type { InputFile } from "../../pipeline/stage.ts";
import { heldOutIn } from "../../questions/held-out.ts";
import { DISGUISES, planted } from "./disguises.ts";
import type { EvaluationIndex } from "./evaluation-index.ts";
import { type EvaluationItem, GYM_SET, holdsOut } from "./evaluation-items.ts";

/** Canaries of a set in a disguise, and how many of them were found. */
export interface CanaryCount {
  set: string;
  disguise: string;
  hits: number;
  trials: number;
}

/** Documents that canaries are planted in: at most so many, from so many files, cut to so many UTF-16 units. */
const HOSTS = 200;
const HOST_FILES = 4;
const HOST_TEXT = 8_000;

/** Plants `count` canaries of each set, and of the gym as many held-out problems in words that the index doesn't have. */
export function plantCanaries(given: {
  index: EvaluationIndex;
  items: readonly EvaluationItem[];
  inputs: readonly InputFile[];
  count: number;
  seed: number;
  tasks: readonly string[];
}): CanaryCount[] {
  const { index, items, inputs, count, seed, tasks } = given;
  const random = Random.fromSeed(seed).split("canaries");
  const hosts = hostsFrom(inputs, random.split("hosts"));
  const bySet = Map.groupBy(items.keys(), (number) => items[number]!.set);
  const counts = new Map<string, CanaryCount>();
  const tell = (set: string, disguise: string, isFound: boolean): void => {
    const name = `${set}\n${disguise}`;
    const entry = counts.get(name) ?? { set, disguise, hits: 0, trials: 0 };
    entry.trials++;
    if (isFound) entry.hits++;
    counts.set(name, entry);
  };
  const names = Object.keys(DISGUISES);
  for (const [set, numbers] of bySet) {
    const matchable = numbers.filter((number) => index.tokens(number) >= index.rule.minTokens);
    const stream = random.split("set").split(set);
    const chosen = stream.shuffle(matchable).slice(0, count);
    for (let i = 0; i < count && chosen.length > 0; i++) {
      const number = chosen[i % chosen.length]!;
      const draw = stream.split(i);
      const disguise = names[i % names.length]!;
      const copy = DISGUISES[disguise]!(items[number]!.text, draw);
      const host = hosts.length === 0 ? "" : draw.pick(hosts);
      const isFound = index.matches(planted(copy, host, draw)).some(({ item }) => item === number);
      tell(set, disguise, isFound);
    }
  }
  const holding = count === 0 ? [] : tasks.filter((task) => holdsOut(task, seed));
  for (let i = 0; i < count && holding.length > 0; i++) {
    // An own stretch of the endless sequence: problems that are not in the index.
    const row = generateRow({
      task: holding[i % holding.length]!,
      seed,
      index: 1_000_000 + i,
      split: "heldout",
      phrasing: "trained",
    });
    tell(GYM_SET, "other problem", heldOutIn(row.messages[0]!.content) !== undefined);
  }
  return [...counts.values()];
}

function hostsFrom(inputs: readonly InputFile[], random: Random): string[] {
  const hosts: string[] = [];
  for (const { path } of random.shuffle(inputs).slice(0, HOST_FILES)) {
    const documents = random.shuffle(readDocuments(path)).slice(0, HOSTS / HOST_FILES);
    for (const { text } of documents) hosts.push(text.slice(0, HOST_TEXT));
  }
  return hosts;
}
