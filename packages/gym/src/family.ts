// What a task family is: problems without a language, their wordings, their reasoning and their verifier. Owns the interface;
// must not know any family, nor how rows are made from them (generate.ts).
//
// Laws a family keeps (proofs.ts holds the families to them):
// - `key` is equal for equal problems: across wordings, languages, names of letters and commuted forms.
// - `trace` has one step a line, in the forms of docs/contracts.md; whatever a line needs stands in the question or in
//   an earlier line, and no token needs more than one look-up or one small fact.
// - Every wording can say every problem of the family; exactly 3 a language are held out, and at least 15 others are trained on
//   (8 where no bundled model learns the family, which then says so).

import type { Language, Verifier } from "@lemma/protocol";
import type { TaskChecker } from "@lemma/verify";
import type { ProofName } from "./proof-names.ts";
import type { Random } from "./random.ts";
import type { Template } from "./template.ts";

/** `trained-1`, `trained-2`, … and `heldout-1` to `heldout-3`; the n-th English wording corresponds to the n-th Chinese one. */
export type PhrasingId = `trained-${number}` | `heldout-${number}`;

/** One way to ask. `templates` are all grammars it may use: the overlap test compares held-out with trained ones. */
export interface Phrasing<P> {
  readonly id: PhrasingId;
  readonly templates: readonly Template[];
  /** The user's turn, without carrier words. */
  render(problem: P, random: Random): string;
}

/** One kind of problem. P is the problem itself, plain data without any words of a language. */
export interface Family<P = unknown> {
  readonly id: string;
  readonly area:
    | "arithmetic"
    | "algebra"
    | "calculus"
    | "geometry"
    | "probability"
    | "logic"
    | "search"
    | "code"
    | "documents"
    | "dialogue";
  /** Changes whenever the bytes of any row change. */
  readonly version: string;
  /** Levels are 1 … levels; `defaultLevel` is the one that is scored. */
  readonly levels: number;
  readonly defaultLevel: number;
  /** The disjoint cells of a level, in which scores are reported. */
  cells(level: number): readonly string[];
  draw(random: Random, level: number): P;
  key(problem: P): string;
  cell(problem: P): string;
  /** The reasoning, a step a line. Mathematical families ignore the language. A family that repeats the question's words leaves them out without it. */
  trace(problem: P, language: Language, question?: string): readonly string[];
  /** The reference answer: what stands in the box. */
  answer(problem: P, language: Language): string;
  /** The visible reply; left out, it is `\boxed{answer}`. */
  reply?(problem: P, language: Language): string;
  verifier(problem: P, language: Language): Verifier;
  /** Words, letters and constants (`2`, where something is halved) that traces and answers use although no question contains them. */
  readonly vocabulary?: readonly string[];
  readonly phrasings: Readonly<Record<Language, readonly Phrasing<P>[]>>;
  /** How many trained wordings a language it has at least: 15 where left out, 8 for a family that no bundled model learns. */
  readonly leastWordings?: 8;
  /** The largest share of its problems (default level) that have the same answer; left out, 0.2. */
  readonly commonest?: number;
  /** All right answers, found by search and not by way of the trace; for the proof `unique`. */
  solutions?(problem: P, language: Language): readonly string[];
  readonly checker: TaskChecker<P>;
  /** The people in its questions: noise may stand behind a name, also in a language without gaps between words. */
  readonly names?: Readonly<Record<Language, readonly string[]>>;
  /** "And", "or" and "if" mean something in its questions: noise replaces no word of them. */
  readonly keepsGlue?: boolean;
  /** Rows that proofs walk at each level for a hundred at the scored one; left out, 20. For levels whose rows are very long. */
  readonly proofShares?: readonly number[];
  /** The proofs that the tests run for it (proofs.ts). */
  readonly proofs: readonly ProofName[];
  /** `keep-case`: questions may begin with a name; `none`: no carrier words. Left out, the usual ones. */
  readonly carriers?: "keep-case" | "none";
}

/** The phrasings of a group, or the one with the given id. */
export function phrasingsOf<P>(
  family: Family<P>,
  language: Language,
  which: "trained" | "heldout" | PhrasingId,
): readonly Phrasing<P>[] {
  const all = family.phrasings[language];
  return which === "trained" || which === "heldout"
    ? all.filter((phrasing) => phrasing.id.startsWith(which))
    : all.filter((phrasing) => phrasing.id === which);
}

/** Numbers trained phrasings trained-1 … and held-out ones heldout-1 … in the order given. */
export function numberPhrasings<P>(
  group: "trained" | "heldout",
  phrasings: readonly Omit<Phrasing<P>, "id">[],
): Phrasing<P>[] {
  return phrasings.map((phrasing, i) => ({ id: `${group}-${i + 1}`, ...phrasing }));
}
