// How a syllogism is decided: the claim is denied, and for each thing that must then exist its class memberships are tried one after the
// other. Owns the order of lines and their notation; knows no wording.
//
//   first: dogs -> pets                  all dogs are pets
//   second: some dogs, not cats          some dogs are not cats
//   claim: some pets, not cats
//   denied: pets -> cats                 what would be true if the claim were false
//   second, dogs, not cats: free         a thing that the second statement needs; no universal statement speaks of it yet
//   second, dogs, not cats, pets: first ok, denied fails
//   second, dogs, not cats, not pets: first fails
//   second: closed                       no such thing can be: the claim can't be denied
//   found: none                          or, where all are open, a thing for each: what shows that the claim need not hold
//
// Where nothing is closed, `any` goes on with a thing for each class that has none: no class is empty in what is found.

import {
  classesOf,
  denied,
  forbids,
  isUniversal,
  type Literal,
  literalsOf,
  type Statement,
  type Syllogism,
} from "./problem.ts";

const ORDINALS = ["first", "second", "third", "fourth", "fifth"] as const;

/** All words of lines beside nouns. */
export const SYLLOGISM_VOCABULARY = [
  ...ORDINALS,
  ..."claim denied some not free ok fails open closed any found none".split(" "),
];

/** What statement `at` is called among the premises and the denial behind them. */
export const statementName = (at: number, premises: number): string => (at === premises ? "denied" : ORDINALS[at]!);

/** A thing as far as it is known, and what the universal statements say of it. */
export interface Visit {
  readonly source: string;
  readonly known: readonly Literal[];
  /** Universal statements about the newest class, by number, up to the first that fails. */
  readonly judged: readonly { readonly at: number; readonly ok: boolean }[];
}

export type Line = Visit | { readonly source: string; readonly isOpen: boolean };

export interface Search {
  readonly lines: readonly Line[];
  /** The things found; undefined where one that is needed can't be. */
  readonly things: readonly (readonly Literal[])[] | undefined;
}

const inside = (known: readonly Literal[], { subject, predicate }: Statement) =>
  [subject, predicate].every((of) => known.some((literal) => literal.of === of));

/** The first full thing that begins with what is known; pushes a line for each try. */
function complete(
  source: string,
  known: readonly Literal[],
  newest: number,
  all: readonly Statement[],
  lines: Line[],
): readonly Literal[] | undefined {
  const judged: { at: number; ok: boolean }[] = [];
  for (const [at, statement] of all.entries()) {
    const isNew = newest < 0 || statement.subject === newest || statement.predicate === newest;
    if (!isUniversal(statement) || !isNew || !inside(known, statement)) continue;
    const ok = !forbids(statement, known);
    judged.push({ at, ok });
    if (!ok) break;
  }
  lines.push({ source, known, judged });
  if (judged.at(-1)?.ok === false) return undefined;
  const next = classesOf(all).find((of) => !known.some((literal) => literal.of === of));
  if (next === undefined) return known;
  for (const yes of [true, false]) {
    const found = complete(source, [...known, { of: next, yes }], next, all, lines);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The search for things that show that the claim need not hold. */
export function search(problem: Syllogism): Search {
  const all = denied(problem);
  const lines: Line[] = [];
  const things: (readonly Literal[])[] = [];
  const find = (source: string, known: readonly Literal[]) => {
    const found = complete(source, known, -1, all, lines);
    lines.push({ source, isOpen: found !== undefined });
    if (found !== undefined) things.push(found);
    return found !== undefined;
  };
  for (const [at, statement] of all.entries())
    if (!isUniversal(statement) && !find(statementName(at, problem.premises.length), literalsOf(statement)))
      return { lines, things: undefined };
  for (const of of classesOf(all))
    if (!things.some((thing) => thing.some((literal) => literal.of === of && literal.yes)))
      find("any", [{ of, yes: true }]);
  return { lines, things };
}

export const writeLiterals = (literals: readonly Literal[], nouns: readonly string[]): string =>
  literals.map(({ of, yes }) => `${yes ? "" : "not "}${nouns[of]}`).join(", ");

/** A statement in the notation of lines. */
export function writeStatement(statement: Statement, nouns: readonly string[]): string {
  const [first, second] = literalsOf(statement);
  if (!isUniversal(statement)) return `some ${writeLiterals([first, second], nouns)}`;
  return `${nouns[first.of]} -> ${writeLiterals([second], nouns)}`;
}

/** The reasoning. */
export function writeTrace(problem: Syllogism, nouns: readonly string[]): string[] {
  const { premises, claim } = problem;
  const called = (at: number) => statementName(at, premises.length);
  const { lines, things } = search(problem);
  return [
    ...premises.map((premise, i) => `${called(i)}: ${writeStatement(premise, nouns)}`),
    `claim: ${writeStatement(claim, nouns)}`,
    `denied: ${writeStatement(denied(problem).at(-1)!, nouns)}`,
    ...lines.map((line) => {
      if ("isOpen" in line) return `${line.source}: ${line.isOpen ? "open" : "closed"}`;
      const said = line.judged.map(({ at, ok }) => `${called(at)} ${ok ? "ok" : "fails"}`);
      return `${line.source}, ${writeLiterals(line.known, nouns)}: ${said.join(", ") || "free"}`;
    }),
    `found: ${things === undefined ? "none" : things.map((thing) => writeLiterals(thing, nouns)).join("; ")}`,
  ];
}
