// Reads programs from source text: the subset of Python and JavaScript that the family writes, a little wider. Owns finding a
// program in a question and the limits of its size. What is not known makes the whole program unreadable, never half-read.

import { JavaScriptParser } from "./javascript-parser.ts";
import type { Language, Program } from "./program.ts";
import { PythonParser } from "./python-parser.ts";
import { Unreadable } from "./reader.ts";

/** The program in a question; undefined without a readable one. */
export function findProgram(question: string): Program | undefined {
  const source = findSource(question);
  return source === undefined ? undefined : parseProgram(source);
}

/** The text of the program in a question: what stands in a fence, or the lines that look like code. */
export function findSource(question: string): string | undefined {
  const fence = /```[a-zA-Z]*\n([\s\S]*?)\n?```/.exec(question);
  if (fence !== null) return fence[1]!;
  const lines = question.split("\n");
  if (lines.some((line) => FOREIGN.test(line))) return undefined;
  const first = lines.findIndex(isCode);
  const last = lines.findLastIndex(isCode);
  return first < 0 ? undefined : lines.slice(first, last + 1).join("\n");
}

/** A line of code of this subset, or at least one that begins like it: prose stands before the first and after the last. */
function isCode(line: string): boolean {
  return !/[?？。]\s*$/.test(line) && [KEYWORD, ASSIGNMENT, /^\s*\}/].some((pattern) => pattern.test(line));
}

const KEYWORD = /^\s*(?:let|const|var|for|while|if|else|print|console\.log)\b.*[({:;=)\d\w]\s*$/;
const ASSIGNMENT = /^\s*[a-zA-Z_]\w*\s*(?:[-+*%]?=[^=].*|\+\+;?|--;?)$/;
/** Statements beyond the subset: a program with one of them is not half-read. */
const FOREIGN =
  /^\s*(?:(?:import|from|def|class|function|async|try|with|switch|return)\s+\w+.*[\w(){}:;*]|(?!print\b|console\.log\b)[a-zA-Z_][\w.]*\([^)]*\);?)\s*$/;

/** Longer or deeper sources are not read: the parser goes down one call a bracket. */
const LONGEST = 2000;
const DEEPEST = 32;

function isTooDeep(source: string): boolean {
  let depth = 0;
  for (const character of source) {
    if ("([{".includes(character) && ++depth > DEEPEST) return true;
    if (")]}".includes(character)) depth--;
  }
  return /(?:-\s*){32}|^\s{200}/m.test(source);
}

/** Parses source text of either language. */
export function parseProgram(source: string): Program | undefined {
  if (source.length > LONGEST || isTooDeep(source)) return undefined;
  const language: Language = /console\.log|\blet\b|\bvar\b|\bconst\b|[;{]/.test(source) ? "javascript" : "python";
  try {
    const statements =
      language === "python" ? new PythonParser(source).program() : new JavaScriptParser(source).program();
    return { language, statements };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}
