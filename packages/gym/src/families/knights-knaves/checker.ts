// The checker of knights and knaves: judges lines and answers of a puzzle read from a question. Owns what each kind of line claims; must
// not know wordings. All proofs are by enumeration of the worlds that agree with what is known at the line.

import type { Verdict } from "@lemma/protocol";
import {
  namedValues,
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { TRACE_WORDS } from "./kinds.ts";
import { isTrue, type Kind, other, type Puzzle, solutions, type World, worldsOf } from "./puzzle.ts";
import type { Fact, Formula, Part } from "./reasoning.ts";
import { type Naming, readFormula, readTruth, writeAnswer, writeFact, writeSaid } from "./trace.ts";

/** A puzzle as a question tells it. */
export interface ReadPuzzle extends Puzzle, Naming {}

/** What is known at a line: each person's kind with the step that says it, and the case's first step. */
interface State {
  readonly known: Map<number, { readonly kind: Kind; readonly step: number }>;
  /** The step whose line found a contradiction. */
  contradiction?: number;
  /** Whether a supposition is open. */
  isCase: boolean;
}

const newState = (): State => ({ known: new Map(), isCase: false });

/** A verdict on a line, and what the line adds to what is known. */
interface Judged {
  readonly verdict: TaskVerdict;
  readonly facts: readonly Fact[];
  readonly kind: "said" | "if" | "so" | "turn" | "fact";
  readonly isContradiction?: boolean;
}

const sidesOf = (part: Part, world: World): boolean => {
  if (typeof part === "boolean") return part;
  const [left, right] = [part.left, part.right].map((side) => (typeof side === "number" ? world[side] : side));
  return (left === right) === part.equal;
};

/** Whether a formula holds in a world. */
const holds = ({ join, parts }: Formula, world: World): boolean =>
  join === "or" ? parts.some((part) => sidesOf(part, world)) : parts.every((part) => sidesOf(part, world));

/** The worlds that agree with what is known. */
const worldsWith = (puzzle: ReadPuzzle, { known }: State): World[] =>
  worldsOf(puzzle.statements.length).filter((world) =>
    [...known].every(([person, { kind }]) => world[person] === kind),
  );

const factsOf = (formula: Formula): Fact[] =>
  formula.parts.length > 1 && formula.join === "or"
    ? []
    : formula.parts.flatMap((part) =>
        typeof part !== "boolean" && typeof part.left === "number" && typeof part.right !== "number"
          ? [{ person: part.left, kind: part.equal ? part.right : other(part.right) }]
          : [],
      );

/** The one fact that a text states, `Ann=knight`. */
function readFact(text: string, puzzle: ReadPuzzle): Fact | undefined {
  const formula = readFormula(text, puzzle);
  return formula?.parts.length === 1 ? factsOf(formula)[0] : undefined;
}

function judge(
  puzzle: ReadPuzzle,
  line: StepLine,
  state: State,
  saidAt: ReadonlyMap<number, number>,
): Judged | undefined {
  const words = TRACE_WORDS[puzzle.language];
  const { label, body } = line;
  if (label === undefined) {
    const fact = readFact(body, puzzle);
    return fact === undefined ? undefined : { ...judgeFact(puzzle, fact, state), facts: [], kind: "fact" };
  }
  const speaker = personOf(label, puzzle);
  if (label === words.if || label === words.so) {
    const fact = readFact(body, puzzle);
    if (fact === undefined) return undefined;
    return label === words.if ? suppose(puzzle, fact) : conclude(puzzle, fact, state);
  }
  if (label.endsWith(words.says.trim())) {
    const person = personOf(label.slice(0, -words.says.trim().length), puzzle);
    const formula = readFormula(body, puzzle);
    if (person === undefined || formula === undefined) return undefined;
    return { verdict: judgeSaid(puzzle, person, formula), facts: [], kind: "said" };
  }
  const named = speaker === undefined ? undefined : readFact(`${puzzle.names[speaker]}=${body}`, puzzle);
  if (named !== undefined) return { ...judgeFact(puzzle, named, state), facts: [], kind: "fact" };
  return judgeTurn(puzzle, line, state, saidAt);
}

const personOf = (name: string, { names }: ReadPuzzle): number | undefined => {
  const person = names.findIndex((known) => known.toLowerCase() === name.trim().toLowerCase());
  return person < 0 ? undefined : person;
};

/** A restated statement is that of the question in every world. */
function judgeSaid(puzzle: ReadPuzzle, person: number, formula: Formula): TaskVerdict {
  const statement = puzzle.statements[person]!;
  const wrong = worldsOf(puzzle.statements.length).find((world) => isTrue(statement, world) !== holds(formula, world));
  return {
    ...(wrong === undefined ? proved("enumeration") : refuted({ told: writeSaid(person, statement, puzzle) })),
    from: [-1],
  };
}

/** A supposition begins a case of its own: it may be anything about a person, and claims nothing else. */
const suppose = (_: ReadPuzzle, fact: Fact): Judged => ({
  verdict: { ...proved("enumeration"), from: [-1] },
  facts: [fact],
  kind: "if",
});

/** What is concluded holds in every solution. */
function conclude(puzzle: ReadPuzzle, fact: Fact, state: State): Judged {
  const wrong = solutions(puzzle.statements).find((world) => world[fact.person] !== fact.kind);
  const from = [state.contradiction ?? -1];
  const verdict = wrong === undefined ? proved("enumeration") : refuted({ solution: writeAnswer(wrong, puzzle) });
  return { verdict: { ...verdict, from }, facts: [fact], kind: "so" };
}

/** A bare fact: known in the case at hand; outside of cases, true in every solution. */
function judgeFact(puzzle: ReadPuzzle, fact: Fact, state: State): { verdict: TaskVerdict } {
  const known = state.known.get(fact.person);
  if (known !== undefined) {
    const witness = writeFact({ person: fact.person, kind: known.kind }, puzzle);
    return {
      verdict: {
        ...(known.kind === fact.kind ? proved("enumeration") : refuted({ known: witness })),
        from: [known.step],
      },
    };
  }
  if (state.isCase) return { verdict: { ...unknown("undecided"), from: [] } };
  return { verdict: conclude(puzzle, fact, state).verdict };
}

/** A person's turn: `Bob=knave, false: …` where the kind is known, `Bob: …` where it is found. */
function judgeTurn(
  puzzle: ReadPuzzle,
  { label = "", body }: StepLine,
  state: State,
  saidAt: ReadonlyMap<number, number>,
): Judged | undefined {
  const [who = "", claimed] = label.split(/[,，]/);
  const fact = readFact(who, puzzle);
  const speaker = fact?.person ?? personOf(who, puzzle);
  const forms = body.split(/[;；]/).map((text) => text.trim());
  if (speaker === undefined || forms.length > 8) return undefined;
  const from = new Set([saidAt.get(speaker) ?? -1]);
  const done = (verdict: Verdict, facts: readonly Fact[] = [], isContradiction = false): Judged => ({
    verdict: { ...verdict, from: [...from] },
    facts,
    kind: "turn",
    isContradiction,
  });
  if (fact !== undefined) {
    const { verdict } = judgeFact(puzzle, fact, state);
    if (verdict.verdict !== "proved") return done(verdict);
    if (readTruth(claimed ?? "", puzzle) !== (fact.kind === "knight"))
      return done(refuted({ label: `a ${fact.kind}'s statement is ${fact.kind === "knight"}` }));
  } else if (claimed !== undefined) return undefined;
  for (const { step } of state.known.values()) from.add(step);
  return judgeForms(puzzle, speaker, fact?.kind, forms, state, done);
}

/**
 * Each form says the same as the statement, in all worlds that agree with what is known, part by part where it has the parts of the form
 * before it; or it follows from the statement's having the
 * truth value that it must have; or it compares the two values.
 */
function judgeForms(
  puzzle: ReadPuzzle,
  speaker: number,
  kind: Kind | undefined,
  forms: readonly string[],
  state: State,
  done: (verdict: Verdict, facts?: readonly Fact[], isContradiction?: boolean) => Judged,
): Judged | undefined {
  const statement = puzzle.statements[speaker]!;
  const worlds = worldsWith(puzzle, state);
  const must = (world: World) => (kind ?? world[speaker]) === "knight";
  const possible = worlds.filter((world) => isTrue(statement, world) === must(world));
  const facts: Fact[] = [];
  let before: Formula | undefined;
  for (const [i, text] of forms.entries()) {
    const compared = readComparison(text, puzzle);
    if (compared !== undefined) {
      const [is, equal, be] = compared;
      const right =
        kind !== undefined && worlds.every((w) => isTrue(statement, w) === is) && be === (kind === "knight");
      if (!right || (is === be) !== equal || i < forms.length - 1) return done(refuted({ [text]: "false" }));
      return done(proved("enumeration"), facts, is !== be);
    }
    const formula = readFormula(text, puzzle);
    if (formula === undefined) return undefined;
    const slip = before === undefined ? undefined : differentPart(before, formula, worlds);
    if (slip !== undefined) return done(refuted({ [text]: writeAnswer(slip, puzzle) }));
    before = formula;
    const wrong = worlds.find((world) => holds(formula, world) !== isTrue(statement, world));
    if (wrong === undefined) {
      if (i === 0 && judgeSaid(puzzle, speaker, formula).verdict !== "proved")
        return done(refuted({ told: writeSaid(speaker, statement, puzzle) }));
      if (kind === "knight") facts.push(...factsOf(formula));
      continue;
    }
    const against = possible.find((world) => !holds(formula, world));
    if (i === 0 || against !== undefined || possible.length === 0)
      return done(refuted({ [text]: writeAnswer(against ?? wrong, puzzle) }));
    facts.push(...factsOf(formula));
  }
  return done(proved("enumeration"), facts);
}

/** A world in which two joined forms of one shape differ in a part. */
function differentPart(before: Formula, after: Formula, worlds: readonly World[]): World | undefined {
  if (before.join === undefined || before.join !== after.join) return undefined;
  return worlds.find((world) =>
    before.parts.some((part, i) => sidesOf(part, world) !== sidesOf(after.parts[i]!, world)),
  );
}

/** `true!=false` as its parts. */
function readComparison(text: string, puzzle: ReadPuzzle): [boolean, boolean, boolean] | undefined {
  const sides = /^([^=!]+)(!?=)([^=!]+)$/.exec(text);
  if (sides === null) return undefined;
  const [left, right] = [readTruth(sides[1]!, puzzle), readTruth(sides[3]!, puzzle)];
  return left === undefined || right === undefined ? undefined : [left, sides[2] === "=", right];
}

/** Lines of a reply that are looked back at; no puzzle needs more. */
const LOOKED_BACK = 100;

function checkStep(puzzle: ReadPuzzle, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  let state = newState();
  const saidAt = new Map<number, number>();
  for (const step of steps.slice(-LOOKED_BACK)) {
    if (step.verdict.verdict !== "proved") continue;
    const judged = judge(puzzle, step, state, saidAt);
    if (judged === undefined || judged.verdict.verdict !== "proved") continue;
    if (judged.kind === "said")
      saidAt.set(personOf(step.label!.slice(0, -TRACE_WORDS[puzzle.language].says.trim().length), puzzle)!, step.index);
    if (judged.kind === "if" || judged.kind === "so") state = { ...newState(), isCase: judged.kind === "if" };
    for (const { person, kind } of judged.facts)
      if (!state.known.has(person)) state.known.set(person, { kind, step: step.index });
    if (judged.isContradiction) state.contradiction = step.index;
  }
  return judge(puzzle, line, state, saidAt)?.verdict;
}

/** Everybody's kind as an answer says it. */
function readAnswer(answer: string, puzzle: ReadPuzzle): Map<number, Kind> | undefined {
  const kinds = new Map<number, Kind>();
  for (const [name, word] of namedValues(answer) ?? []) {
    const fact = readFact(`${name}=${word}`, puzzle);
    if (fact === undefined) return undefined;
    kinds.set(fact.person, fact.kind);
  }
  return kinds.size === 0 ? undefined : kinds;
}

function checkAnswer(puzzle: ReadPuzzle, answer: string): Verdict {
  const kinds = readAnswer(answer, puzzle);
  if (kinds === undefined) return unknown("unparsed");
  const missing = puzzle.names.find((_, person) => !kinds.has(person));
  if (missing !== undefined) return refuted({ missing });
  const world = puzzle.names.map((_, person) => kinds.get(person)!);
  const liar = puzzle.statements.findIndex(
    (statement, person) => isTrue(statement, world) !== (world[person] === "knight"),
  );
  if (liar < 0) return proved("enumeration");
  const statement = puzzle.statements[liar]!;
  return refuted({ [writeSaid(liar, statement, puzzle)]: `${isTrue(statement, world)}, said by a ${world[liar]}` });
}

/** The checker; `recognise` reads a puzzle from a question. */
export const checkerWith = (recognise: (question: string) => ReadPuzzle | undefined): TaskChecker<ReadPuzzle> => ({
  id: "knights-knaves",
  recognise,
  checkStep,
  checkAnswer,
  answerBy: "checking",
});
