// Finds a program of functions in a question and reads it, Python or JavaScript. Owns the limits of size; what is not known makes the
// whole program unreadable, never half-read.

import type { Language } from "../program-output/program.ts";
import { Unreadable } from "../program-output/reader.ts";
import { JavaScript } from "./javascript.ts";
import type { FunctionProgram } from "./program.ts";
import { Python } from "./python.ts";

/** Longer or deeper sources are not read: the parser goes down one call a bracket. */
const LONGEST = 2000;
const DEEPEST = 24;

function isTooDeep(source: string): boolean {
  let depth = 0;
  for (const character of source) {
    if ("([{".includes(character) && ++depth > DEEPEST) return true;
    if (")]}".includes(character)) depth--;
  }
  return /(?:-\s*){16}|^\s{100}/m.test(source) || source.split(/\?|\belif\b|\belse\b|\bif\b/).length > DEEPEST;
}

const DEFINITION = /^\s*(?:def|function)\s+[A-Za-z_]\w*\s*\(|^\s*(?:const|let|var)\s+[A-Za-z_]\w*\s*=\s*[\w(][^=]*=>/;
const PRINTED = /^\s*(?:print|console\.log)\s*\(/;

/** The text of the program in a question: a fence, or from the first definition or assignment to the last print. */
export function findSource(question: string): string | undefined {
  const open = /```[a-zA-Z]*\n/.exec(question);
  if (open !== null) {
    const start = open.index + open[0].length;
    const end = question.indexOf("```", start);
    return end < 0 ? undefined : question.slice(start, end);
  }
  if (question.length > 2 * LONGEST) return undefined;
  const lines = question.split("\n");
  const first = lines.findIndex((line) => DEFINITION.test(line) || /^\s*(?:let |const |var )?\w+ *= *[\w(]/.test(line));
  const last = lines.findLastIndex((line) => PRINTED.test(line));
  return first < 0 || last < first ? undefined : lines.slice(first, last + 1).join("\n");
}

/** Parses source text of either language; undefined unless it has a function, and prints. */
export function parseProgram(source: string): FunctionProgram | undefined {
  if (source.length > LONGEST || !source.split("\n").some((line) => DEFINITION.test(line)) || isTooDeep(source))
    return undefined;
  const language: Language = /console\.log|\b(?:let|var|const|function)\b|[;{]/.test(source) ? "javascript" : "python";
  try {
    const parts = language === "python" ? new Python(source).program() : new JavaScript(source).program();
    const names = parts.functions.map(({ name }) => name);
    const isWhole =
      parts.main.some(({ kind }) => kind === "print") &&
      new Set(names).size === names.length &&
      parts.main.every((statement) => statement.kind === "print" || !names.includes(statement.name));
    return isWhole ? { language, ...parts } : undefined;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}
