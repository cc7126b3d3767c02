// certificate.json: what a set of documents was checked against, how, and how much of it the check finds. Owns the format.

import type { StagePlan } from "../../pipeline/stage.ts";
import { type Share, wilson } from "../../wilson.ts";
import type { CanaryCount } from "./canaries.ts";
import type { MatchRule } from "./evaluation-index.ts";
import type { EvaluationItem, EvaluationSet } from "./evaluation-items.ts";

/** A set and what of it can be matched. */
export interface SetSummary extends EvaluationSet {
  items: number;
  matchedByOverlap: number;
  matchedWhole: number;
  /** Items of fewer than minTokens tokens: nothing says whether documents contain them. */
  tooShort: number;
  /** Records that hold no text. */
  unread: number;
}

/** What a task of the check counted. */
export interface CheckTally {
  checked: number;
  /** Dropped documents by the rule that dropped them. */
  rules: Record<string, number>;
  /** Documents that contain items of a set; one may contain items of several. */
  sets: Record<string, number>;
  /** Numbers of the items that were found, ascending. */
  items: number[];
}

/** The certificate, as certificate.json has it. */
export interface Certificate {
  format: "lemma-decontamination-certificate";
  version: 1;
  /** The digest of the stage's plan: options, evaluation sets and input files. */
  plan: string;
  rule: MatchRule & { share: number };
  sets: (SetSummary & { documentsDropped: number; itemsFound: number; canaryRecall: Share })[];
  documents: { checked: number; kept: number; dropped: number; droppedBy: Record<string, number> };
  /** How many of the planted copies were found: in all, and by disguise. The 95 % interval is Wilson's. */
  canaries: { seed: number; recall: Share; byDisguise: Record<string, Share> };
}

/** Puts the certificate together. */
export function certificateOf(parts: {
  plan: StagePlan;
  rule: Certificate["rule"];
  sets: readonly SetSummary[];
  items: readonly EvaluationItem[];
  tallies: readonly CheckTally[];
  canaries: readonly CanaryCount[];
  seed: number;
}): Certificate {
  const { plan, rule, sets, items, tallies, canaries, seed } = parts;
  const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);
  const found = new Set(tallies.flatMap((tally) => tally.items));
  const recallOf = (some: readonly CanaryCount[]): Share =>
    wilson(sum(some.map(({ hits }) => hits)), sum(some.map(({ trials }) => trials)));
  const rules = [...new Set(tallies.flatMap((tally) => Object.keys(tally.rules)))].sort();
  const droppedBy = Object.fromEntries(
    rules.map((name) => [name, sum(tallies.map((tally) => tally.rules[name] ?? 0))]),
  );
  const checked = sum(tallies.map((tally) => tally.checked));
  const dropped = sum(Object.values(droppedBy));
  const disguises = [...new Set(canaries.map(({ disguise }) => disguise))];
  return {
    format: "lemma-decontamination-certificate",
    version: 1,
    plan: plan.digest,
    rule,
    sets: sets.map((set) => ({
      ...set,
      documentsDropped: sum(tallies.map((tally) => tally.sets[set.name] ?? 0)),
      itemsFound: items.filter((item, number) => item.set === set.name && found.has(number)).length,
      canaryRecall: recallOf(canaries.filter((canary) => canary.set === set.name)),
    })),
    documents: { checked, kept: checked - dropped, dropped, droppedBy },
    canaries: {
      seed,
      recall: recallOf(canaries),
      byDisguise: Object.fromEntries(
        disguises.map((name) => [name, recallOf(canaries.filter(({ disguise }) => disguise === name))]),
      ),
    },
  };
}
