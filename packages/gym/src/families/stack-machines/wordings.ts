// Problems of stack machines as questions, and back. Owns how programs are written (`PUSH 3`, lines, Forth's `3 4 + dup`) and read: the
// longest row of instructions in a text is its program, key words say what is asked. The wordings stand in english.ts and chinese.ts.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { type Ask, type Instruction, type Operation, type Problem, run, SIGNS } from "./machine.ts";

const WORDINGS = { en: ENGLISH, zh: CHINESE };
const ASKS: readonly Ask[] = ["value", "stack", "top"];

function writeProgram({ ask, program }: Problem, random: Random): string {
  const signs = program.map((instruction) =>
    typeof instruction === "number" ? `${instruction}` : (SIGNS[instruction] ?? instruction),
  );
  if (ask === "value" || random.chance(0.3)) return signs.join(" ");
  const upper = random.chance(0.5);
  const named = program.map((instruction) => (typeof instruction === "number" ? `push ${instruction}` : instruction));
  const lines = upper ? named.map((line) => line.toUpperCase()) : named;
  return lines.join(random.pick(["\n", "\n", "; ", ", "]));
}

export const stackPhrasings: Readonly<Record<Language, readonly Phrasing<Problem>[]>> = phrasingsFrom(
  WORDINGS,
  (wording) => {
    const templates = wording.map(template);
    return {
      templates,
      render: (problem, random) =>
        templates[ASKS.indexOf(problem.ask)]!.render({ program: writeProgram(problem, random) }, random),
    };
  },
);

const TOKEN =
  "(?:push[ (]\\s*-?\\d{1,6}\\)?|-?\\d{1,6}|add|sub|mul|plus|minus|times|dup|swap|drop|pop|over|rot|[-+*×])";
/** Instructions in a row; a sign stands alone. */
const PROGRAM = new RegExp(`(?<![\\w.+*×-])${TOKEN}(?:(?:\\s*[,;，；、]\\s*|\\s+)${TOKEN}(?!\\w|\\.\\d))+`, "giu");
const WORDS: Readonly<Record<string, Operation>> = {
  "+": "add",
  plus: "add",
  "-": "sub",
  minus: "sub",
  "*": "mul",
  "×": "mul",
  times: "mul",
  pop: "drop",
};

function readInstruction(token: string): Instruction {
  const number = /-?\d+/.exec(token);
  const word = token.toLowerCase();
  return number !== null ? Number(number[0]) : (WORDS[word] ?? (word as Operation));
}

const IS_VALUE = /\bRPN\b|reverse polish|post-?fix|逆波兰|后缀/i;
const IS_TOP = /\bon top\b|\btopmost\b|\btop (?:number|value|element|of)\b|栈顶/i;
const IS_STACK = /\bstack\b|栈/i;
const LONGEST = 900;
const MOST = 24;

/** Reads a problem; undefined where a text has no program for a stack, or one that takes from an empty stack. */
export function readProblem(question: string): Problem | undefined {
  if (question.length > LONGEST) return undefined;
  const text = question.replace(/[−–]/g, "-");
  const found = [...text.matchAll(PROGRAM)].sort((a, b) => b[0].length - a[0].length)[0];
  if (found === undefined) return undefined;
  const program = (found[0].match(new RegExp(TOKEN, "giu")) ?? []).map(readInstruction);
  const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
  const ask: Ask | undefined = IS_TOP.test(rest)
    ? "top"
    : IS_VALUE.test(rest)
      ? "value"
      : IS_STACK.test(rest)
        ? "stack"
        : undefined;
  const last = program.length > MOST ? undefined : run(program)?.at(-1);
  const isProgram = typeof program[0] === "number" && program.some((instruction) => typeof instruction === "string");
  if (ask === undefined || last === undefined || last.length === 0 || !isProgram) return undefined;
  return ask === "value" && last.length > 1 ? undefined : { ask, program };
}
