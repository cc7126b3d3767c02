// How a puzzle of knights and knaves is decided: one supposition about the first speaker, then everybody in turn. Owns the steps as data
// and the rewriting of a statement by what is known; must not know a language.
//
// Written out (trace.ts), with at most one look-up a token:
//   Ann says: Bob=knave or Dan=knight       each statement, with names for "I": `=` between kinds, `!=` where two differ
//   Bob says: Ann=Dan
//   Dan says: Bob=knight and Ann=knave
//   if: Ann=knave                           the supposition about the first speaker: knight, and if that fails, knave
//   Ann=knave, false: Bob=knave or Dan=knight; Bob=knight; Dan=knave
//                                           a knave's statement is false: what it says, and what is the case instead
//   Bob=knight, true: Ann=Dan; knave=knave; true; true=true
//                                           known kinds put in for names, then worked out, then held against the truth that it must have
//   Dan: Ann=knave; knave=knave; true; Dan=knight
//                                           a speaker not known so far: what is said is worked out and gives the speaker's kind
//   so: Ann=knight                          after `true!=false`, a contradiction: the other kind holds
//
// A puzzle that this doesn't decide (a speaker's turn comes while too much is unknown) has no such reasoning: none is drawn.

import type { Equation, Kind, Statement } from "./puzzle.ts";

/** A side of an equation whose names may be replaced by kinds. */
export type Side = number | Kind;

/** An equation while it is worked out: its value, once both sides are known. */
export type Part = boolean | { readonly left: Side; readonly equal: boolean; readonly right: Side };

/** A statement while it is worked out: its form with names, kinds and truth values. */
export interface Formula {
  readonly join?: "and" | "or";
  readonly parts: readonly Part[];
}

/** One line: a supposition, what follows from a contradiction, or a person's turn with the forms of what is said. */
export type Step =
  | { readonly kind: "if" | "so"; readonly fact: Fact }
  | {
      readonly kind: "turn";
      readonly speaker: number;
      /** The speaker's kind, where it was known before. */
      readonly known?: Kind;
      readonly forms: readonly Formula[];
      readonly facts: readonly Fact[];
      /** What the statement is and what it must be, where both are known. */
      readonly compared?: { readonly is: boolean; readonly must: boolean };
    };

export interface Fact {
  readonly person: number;
  readonly kind: Kind;
}

type Known = ReadonlyMap<number, Kind>;

const opposite = (kind: Kind): Kind => (kind === "knight" ? "knave" : "knight");
const kindOf = (truth: boolean): Kind => (truth ? "knight" : "knave");

/** The steps that decide a puzzle; undefined where one pass with one supposition doesn't. */
export function reason(statements: readonly Statement[]): Step[] | undefined {
  const supposed = pass(statements, { person: 0, kind: "knight" });
  if (supposed === undefined) return undefined;
  const steps: Step[] = [{ kind: "if", fact: { person: 0, kind: "knight" } }, ...supposed];
  if (!endsInContradiction(supposed)) return steps;
  const certain = pass(statements, { person: 0, kind: "knave" });
  if (certain === undefined || endsInContradiction(certain)) return undefined;
  return [...steps, { kind: "so", fact: { person: 0, kind: "knave" } }, ...certain];
}

export function endsInContradiction(steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  return last?.kind === "turn" && last.compared !== undefined && last.compared.is !== last.compared.must;
}

/** Everybody's turn, up to the first contradiction; undefined where somebody's turn decides nothing. */
function pass(statements: readonly Statement[], first: Fact): Step[] | undefined {
  const known = new Map([[first.person, first.kind]]);
  const steps: Step[] = [];
  for (const [speaker, statement] of statements.entries()) {
    const step = turn(speaker, statement, known);
    if (step === undefined) return undefined;
    steps.push(step);
    for (const { person, kind } of step.facts) known.set(person, kind);
    if (endsInContradiction(steps)) return steps;
  }
  return steps;
}

function turn(speaker: number, statement: Statement, known: Known): (Step & { kind: "turn" }) | undefined {
  const kind = known.get(speaker);
  const forms = workOut(statement, known);
  const last = forms.at(-1)!;
  const [part] = last.parts;
  if (last.parts.length === 1 && typeof part === "boolean") {
    if (kind === undefined) return { kind: "turn", speaker, forms, facts: [{ person: speaker, kind: kindOf(part) }] };
    return { kind: "turn", speaker, known: kind, forms, facts: [], compared: { is: part, must: kind === "knight" } };
  }
  if (kind === undefined) return undefined;
  const truth = kind === "knight";
  // Two unknown parts are decided together only by a true "and" or a false "or".
  if (last.parts.length === 2 && (last.join === "and") !== truth) return undefined;
  const facts = last.parts.map((open) => factOf(open, truth));
  if (facts.some((fact) => fact === undefined)) return undefined;
  return { kind: "turn", speaker, known: kind, forms, facts: facts as Fact[] };
}

/** What an open part says of one person, or, where it is false, what holds instead. */
function factOf(part: Part, truth: boolean): Fact | undefined {
  if (typeof part === "boolean" || typeof part.left !== "number" || typeof part.right === "number") return undefined;
  return { person: part.left, kind: part.equal === truth ? part.right : opposite(part.right) };
}

/** The forms of a statement from its own to the shortest: names replaced, equations of two kinds worked out, truth values joined. */
export function workOut(statement: Statement, known: Known): Formula[] {
  const forms: Formula[] = [statement];
  const add = (form: Formula) => {
    if (JSON.stringify(form) !== JSON.stringify(forms.at(-1))) forms.push(form);
  };
  const put = (side: Side): Side => (typeof side === "number" ? (known.get(side) ?? side) : side);
  const replaced = statement.parts.map(({ left, equal, right }) => ({ left: put(left), equal, right: put(right) }));
  const form = (parts: readonly Part[]): Formula => ({ ...statement, parts });
  add(form(replaced));
  const evaluated = replaced.map((part): Part => {
    if (typeof part.left === "number" || typeof part.right === "number") return part;
    return (part.left === part.right) === part.equal;
  });
  add(form(evaluated));
  add(joined(statement.join, evaluated.map(turned)));
  return forms;
}

/** A kind on the left goes to the right; "differs from a knight" is "is a knave". */
function turned(part: Part): Part {
  if (typeof part === "boolean") return part;
  const [left, right] = typeof part.left === "number" ? [part.left, part.right] : [part.right, part.left];
  if (typeof right === "number" || part.equal) return { left, equal: part.equal, right };
  return { left, equal: true, right: opposite(right) };
}

function joined(join: Statement["join"], parts: readonly Part[]): Formula {
  if (join === undefined) return { parts };
  const decisive = join === "or"; // true decides an "or", false an "and"
  if (parts.includes(decisive)) return { parts: [decisive] };
  const open = parts.filter((part) => typeof part !== "boolean");
  if (open.length === 0) return { parts: [!decisive] };
  return open.length === 1 ? { parts: open } : { join, parts: open };
}

/** The formula of an equation, for the forms that state facts. */
export const isFormula = ({ person, kind }: Fact): Formula & { parts: readonly [Equation] } => ({
  parts: [{ left: person, equal: true, right: kind }],
});
