// How probabilities are asked, and how such a question is read back; the texts stand in english.ts and chinese.ts.
//
// Slots: {counts} {things} what an urn holds, {event} {cond} what is asked for, {k} two or three, {back} whether things are put back,
// {dice}; {n} {p} numbers or a probability; {A} {B} two groups, {do} a trait, {given} {wanted} who is chosen and what is asked; {p} {q} {a}
// {b} {c} {d} {s} {f} the numbers of tables and tests; {name}. Phrases of held-out wordings are others than those of trained ones.

import type { Language } from "@lemma/protocol";
import { kindMatcher, kindPhrasings } from "../../kind-wordings.ts";
import type { Matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import type { Slots } from "../../template.ts";
import { nameOf } from "../ordering/names.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import {
  spellCoins,
  spellCounts,
  spellDice,
  spellDraw,
  spellDraws,
  spellNumber,
  spellTable,
  spellTrials,
} from "./phrases.ts";
import { isProblem, type Kind, type Probability } from "./problem.ts";
import { readProblem, SLOT_PATTERNS } from "./read.ts";

const TEXTS = { en: ENGLISH, zh: CHINESE };

function slotsFor(problem: Probability, language: Language, random: Random, isHeldOut: boolean): Slots {
  const voice = { language, isHeldOut, random };
  const name = nameOf(random.below(24), language);
  switch (problem.kind) {
    case "draw": {
      const urn = spellCounts(problem.counts, voice);
      return { ...urn.slots, name, event: spellDraw(problem, urn.sorts, voice) };
    }
    case "number":
      return { n: String(problem.n), name, cond: spellNumber(problem, voice) };
    case "coins":
      return { n: String(problem.n), name, cond: spellCoins(problem, voice) };
    case "draws": {
      const urn = spellCounts(problem.counts, voice);
      return { ...urn.slots, name, ...spellDraws(problem, urn.sorts, voice) };
    }
    case "dice":
      return { name, ...spellDice(problem, voice) };
    case "trials":
      return { n: String(problem.n), p: `${problem.over}/${problem.under}`, name, event: spellTrials(problem, voice) };
    case "totals":
    case "cells":
      return { name, ...spellTable(problem, voice) };
    case "test": {
      const [n, p, s, f] = [problem.people, problem.share, problem.hits, problem.alarms].map(String);
      return { n: n!, p: p!, s: s!, f: f!, name };
    }
  }
}

/** The wordings of the family, by language. */
export const probabilityPhrasings = kindPhrasings<Probability, Kind>(TEXTS, ({ kind }) => kind, slotsFor);

/** Forms that people type, and no wording has. */
const TYPED: readonly (readonly [Kind, string])[] = [
  [
    "draw",
    "{counts} {things}[.|,|;] [what is |]the [probability|chance] of [drawing |getting |picking ][a |an |]{event}",
  ],
  [
    "draws",
    "{counts} {things}[.|,|;] [we draw |draw |you draw |]{k}[ of them|] {back}[.|,|;] [what is |]the [probability|chance] that {event}",
  ],
  ["number", "the [probability|chance] that a random [whole |]number from 1 to {n} {cond}"],
  ["dice", "[probability|chance] that {cond} [with|when rolling|if you roll] {dice}"],
  ["coins", "[probability|chance] of {cond} in {n} [coin tosses|coin flips|tosses|flips]"],
  ["draw", "{counts}[，|。]任[取|摸|抽]一个[，|，求|]{event}的[概率|可能性]"],
];

let read: Matcher<Kind> | undefined;

/** Reads a problem from a question in any of the wordings; undefined where the numbers make no sense. */
export function readProbability(text: string): Probability | undefined {
  const question = questionText(text);
  if (question === undefined || !/probab|chance|likely|fraction|P\(|概率|可能|机会|几分之几/i.test(question))
    return undefined;
  read ??= kindMatcher(TEXTS, SLOT_PATTERNS, TYPED);
  const found = read(question);
  const problem = found === undefined ? undefined : readProblem(found.tag, found.slots);
  return problem !== undefined && isProblem(problem) ? problem : undefined;
}
