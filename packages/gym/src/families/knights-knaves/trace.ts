// The reasoning as lines, and formulas read back from lines. Owns the notation of reasoning.ts's header in both languages; must not know
// how steps are found or judged.

import type { Language } from "@lemma/protocol";
import { THEMES, TRACE_WORDS } from "./kinds.ts";
import type { Kind, Statement } from "./puzzle.ts";
import { type Fact, type Formula, isFormula, type Part, reason, type Side, type Step } from "./reasoning.ts";

/** What a puzzle's people and kinds are called. */
export interface Naming {
  readonly language: Language;
  readonly theme: number;
  /** The name of each person of the puzzle. */
  readonly names: readonly string[];
}

const kindWords = ({ theme, language }: Naming) => THEMES[theme]![language].one;

const writeSide = (side: Side, naming: Naming): string =>
  typeof side === "number" ? naming.names[side]! : kindWords(naming)[side];

function writePart(part: Part, naming: Naming): string {
  if (typeof part === "boolean") return TRACE_WORDS[naming.language][part ? "true" : "false"];
  return writeSide(part.left, naming) + (part.equal ? "=" : "!=") + writeSide(part.right, naming);
}

/** A formula as it stands in a line. */
export function writeFormula({ join, parts }: Formula, naming: Naming): string {
  return parts
    .map((part) => writePart(part, naming))
    .join(join === undefined ? "" : TRACE_WORDS[naming.language][join]);
}

/** `Ann=knave`. */
export const writeFact = (fact: Fact, naming: Naming): string => writeFormula(isFormula(fact), naming);

/** `Ann says: Bob=knave`. */
export const writeSaid = (speaker: number, statement: Statement, naming: Naming): string =>
  `${naming.names[speaker]}${TRACE_WORDS[naming.language].says}: ${writeFormula(statement, naming)}`;

export function writeStep(step: Step, naming: Naming): string {
  const words = TRACE_WORDS[naming.language];
  if (step.kind !== "turn") return `${words[step.kind]}: ${writeFact(step.fact, naming)}`;
  const { speaker, known, compared } = step;
  const truth = (value: boolean) => words[value ? "true" : "false"];
  const label =
    known === undefined
      ? naming.names[speaker]!
      : `${writeFact({ person: speaker, kind: known }, naming)}, ${truth(known === "knight")}`;
  const said = step.forms.map((form) => writeFormula(form, naming));
  const facts = step.facts.map((fact) => writeFact(fact, naming)).filter((fact) => fact !== said.at(-1));
  const end =
    compared === undefined
      ? []
      : [`${truth(compared.is)}${compared.is === compared.must ? "=" : "!="}${truth(compared.must)}`];
  return `${label}: ${[...said, ...facts, ...end].join("; ")}`;
}

/** All lines; a puzzle that one pass doesn't decide has only its restatement. */
export function writeTrace(statements: readonly Statement[], naming: Naming): string[] {
  return [
    ...statements.map((statement, speaker) => writeSaid(speaker, statement, naming)),
    ...(reason(statements) ?? []).map((step) => writeStep(step, naming)),
  ];
}

/** `Ann=knight, Bob=knave`: everybody in the order of the puzzle. */
export const writeAnswer = (world: readonly Kind[], naming: Naming): string =>
  world.map((kind, person) => writeFact({ person, kind }, naming)).join(", ");

/** Reads one side: a name of the puzzle or a kind, in any case. */
function readSide(text: string, naming: Naming): Side | undefined {
  const word = text.trim().toLowerCase();
  const person = naming.names.findIndex((name) => name.toLowerCase() === word);
  if (person >= 0) return person;
  const { knight, knave } = kindWords(naming);
  return word === knight ? "knight" : word === knave ? "knave" : undefined;
}

function readPart(text: string, naming: Naming): Part | undefined {
  const value = readTruth(text, naming);
  if (value !== undefined) return value;
  const sides = /^([^=!]+)(!?=)([^=!]+)$/.exec(text);
  if (sides === null) return undefined;
  const [left, right] = [readSide(sides[1]!, naming), readSide(sides[3]!, naming)];
  return left === undefined || right === undefined ? undefined : { left, equal: sides[2] === "=", right };
}

/** `true`, `false` in the words of the naming's language. */
export function readTruth(text: string, { language }: Naming): boolean | undefined {
  const words = TRACE_WORDS[language];
  const word = text.trim();
  return word === words.true ? true : word === words.false ? false : undefined;
}

/** Reads a formula of at most two parts; undefined where it isn't one. */
export function readFormula(text: string, naming: Naming): Formula | undefined {
  const words = TRACE_WORDS[naming.language];
  for (const join of ["and", "or"] as const) {
    const parts = text.split(words[join]);
    if (parts.length !== 2) continue;
    const read = parts.map((part) => readPart(part, naming));
    return read.includes(undefined) ? undefined : { join, parts: read as Part[] };
  }
  const part = readPart(text, naming);
  return part === undefined ? undefined : { parts: [part] };
}
