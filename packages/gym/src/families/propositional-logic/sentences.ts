// Finds the formulas in a question, in signs or in sentences, and puts a mark in the place of each. Owns that reading for both languages;
// what the rest of the question asks is wordings.ts's.

import type { Language } from "@lemma/protocol";
import { type Formula, join, not, readFormula, renumbered } from "./formula.ts";
import { JOINTS, THEMES } from "./themes.ts";

/** A question with its formulas taken out: mark i stands where formula i stood. */
export interface Found {
  readonly theme: number;
  readonly language: Language;
  /** The words of the variables that the formulas use, in the order in which they first stand in the question. */
  readonly names: readonly string[];
  readonly formulas: readonly Formula[];
  readonly rest: string;
}

const FIRST_MARK = 0xe000;
/** More formulas than any question has are left alone. */
const MOST = 12;
/** The mark of formula `i`: one character that no text has. */
export const mark = (i: number): string => String.fromCharCode(FIRST_MARK + i);
export const MARK = "[\uE000-\uE01F]";
export const markIndex = (char: string): number => char.charCodeAt(0) - FIRST_MARK;

/** All readings of a question, at most one a theme and language. */
export function findFormulas(question: string): Found[] {
  const text = question.replaceAll("’", "'");
  const signs = findSigned(text);
  if (signs !== undefined) return [signs];
  return (["en", "zh"] as const).flatMap((language) =>
    THEMES.flatMap((_, theme) => (theme === 0 ? [] : (findSpoken(text, theme, language) ?? []))),
  );
}

const LETTER = "(?<![A-Za-z0-9'])[p-zP-Z](?![A-Za-z0-9'])";
const SIGN = "(?:<->|<=>|->|=>|&&|\\|\\||[∧&∨|→↔])";
/** Brackets and negations; "Hi! p" ends a greeting, "!p" negates. */
const BEFORE = "(?:[(¬~\\s]|(?<![A-Za-z])!(?=[(¬~!A-Za-z]))*";
const RUN = new RegExp(`${BEFORE}${LETTER}[)\\s]*(?:${SIGN}${BEFORE}${LETTER}[)\\s]*)*`, "gu");

function findSigned(text: string): Found | undefined {
  const names: string[] = [];
  const formulas: Formula[] = [];
  let failed = false;
  const rest = text.replace(RUN, (run) => {
    const trimmed = run.trim();
    // Brackets that are the sentence's, not the formula's.
    const inner = balanced(trimmed);
    const letters = inner.match(/[A-Za-z]/g) ?? [];
    for (const letter of letters) if (!names.includes(letter)) names.push(letter);
    const formula = readFormula(inner, names);
    if (formula === undefined || formulas.length >= MOST) failed = true;
    else formulas.push(formula);
    return run.replace(inner, mark(formulas.length - 1));
  });
  const isLogic = /[¬~∧∨&|→↔]|->|=>/.test(text);
  if (failed || !isLogic || formulas.length < 2 || names.length > 6) return undefined;
  const language = /\p{Script=Han}/u.test(text) ? "zh" : "en";
  return { theme: 0, language, names, formulas, rest };
}

/** The text without closing brackets that nothing opens, at its end, and opening ones that nothing closes, at its start. */
function balanced(text: string): string {
  let out = text;
  const count = (sign: string) => out.split(sign).length;
  while (count(")") > count("(") && out.endsWith(")")) out = out.slice(0, -1).trimEnd();
  while (count("(") > count(")") && out.startsWith("(")) out = out.slice(1).trimStart();
  return out;
}

const LITERAL = "[\uE100-\uE17F]";

/** Connectives between marks of literals, the longest texts first. */
const SPOKEN: Readonly<Record<Language, { readonly side: RegExp; readonly whole: RegExp }>> = {
  en: spokenPatterns("en"),
  zh: spokenPatterns("zh"),
};

function spokenPatterns(language: Language): { side: RegExp; whole: RegExp } {
  const { trained, heldOut } = JOINTS[language];
  const all = [trained, ...heldOut];
  const gap = (text: string) => text.replace(/ /g, "\\s+").replace(/,/g, ",?").replace(/，/g, "[，,]?");
  const alternatives = (texts: readonly string[], side: string, name: string) =>
    texts
      .toSorted((a, b) => b.length - a.length)
      .map((text, i) => gap(text).replace("{a}", `(?<${name}${i}a>${side})`).replace("{b}", `(?<${name}${i}b>${side})`))
      .join("|");
  const pairs = (op: "and" | "or") =>
    alternatives(
      all.flatMap((joints) => joints[op]),
      LITERAL,
      op,
    );
  const side = `${pairs("and")}|${pairs("or")}|${LITERAL}`;
  const bare = side.replace(/\?<\w+>/g, "?:");
  const wholes = (op: "if" | "iff") =>
    alternatives(
      all.flatMap((joints) => joints[op]),
      bare,
      op,
    );
  return {
    side: new RegExp(`^(?:${side})$`, "u"),
    whole: new RegExp(`${wholes("if")}|${wholes("iff")}|${bare}`, "giu"),
  };
}

function findSpoken(text: string, theme: number, language: Language): Found | undefined {
  const { words, trained = [], heldOut = [] } = THEMES[theme]![language];
  const names: string[] = [];
  const literals: Formula[] = [];
  const clauses = [...trained, ...heldOut].flatMap(({ yes, no }) => [
    { text: yes, isYes: true },
    { text: no, isYes: false },
  ]);
  clauses.sort((a, b) => b.text.length - a.text.length);
  const one = `(${words.join("|")}${theme === 1 ? (language === "en" ? "|[A-Z][a-z]+" : "|[小阿老]\\p{Script=Han}") : ""})`;
  let marked = text;
  for (const { text: clause, isYes } of clauses) {
    const source = clause.replace(/^the/, "[Tt]he").replace(/ /g, "\\s+").replace("{n}", one);
    marked = marked.replace(new RegExp(language === "en" ? `\\b${source}\\b` : source, "gu"), (_, word: string) => {
      const variable = indexIn(names, word);
      literals.push(isYes ? variable : not(variable));
      return literals.length > 0x7f ? "" : String.fromCharCode(0xe100 + literals.length - 1);
    });
  }
  if (literals.length < 2 || literals.length > 0x7f) return undefined;
  const formulas: Formula[] = [];
  const found = [...marked.matchAll(SPOKEN[language].whole)];
  if (found.length > MOST) return undefined;
  let rest = marked;
  for (const match of found.toReversed()) {
    const formula = formulaOf(match, literals, SPOKEN[language].side);
    if (formula === undefined) return undefined;
    formulas.unshift(formula);
    rest = `${rest.slice(0, match.index)}\uE0FF${rest.slice(match.index + match[0].length)}`;
  }
  let count = 0;
  rest = rest.replaceAll("\uE0FF", () => mark(count++));
  // Variables are numbered as they first stand in the text.
  const order: number[] = [];
  for (const char of marked.match(new RegExp(LITERAL, "gu")) ?? []) {
    const literal = literals[char.charCodeAt(0) - 0xe100]!;
    const variable = typeof literal === "number" ? literal : (literal as { of: number }).of;
    if (!order.includes(variable)) order.push(variable);
  }
  if (order.length > 6) return undefined;
  return {
    theme,
    language,
    names: order.map((i) => names[i]!),
    formulas: formulas.map((formula) => renumbered(formula, order)),
    rest,
  };
}

function indexIn(names: string[], word: string): number {
  if (!names.includes(word)) names.push(word);
  return names.indexOf(word);
}

/** The formula of a match: its named parts say the connective. */
function formulaOf(match: RegExpMatchArray, literals: readonly Formula[], side: RegExp): Formula | undefined {
  const literal = (char: string) => literals[char.charCodeAt(0) - 0xe100]!;
  const pair = (
    groups: Readonly<Record<string, string | undefined>> | undefined,
    read: (text: string) => Formula | undefined,
  ) => {
    const key = Object.keys(groups ?? {}).find((name) => groups![name] !== undefined && name.endsWith("a"));
    if (key === undefined) return undefined;
    const op = key.replace(/\d+a$/, "") as "and" | "or" | "if" | "iff";
    const [left, right] = [read(groups![key]!), read(groups![key.replace(/a$/, "b")]!)];
    return left === undefined || right === undefined ? undefined : join(op, left, right);
  };
  const readSide = (text: string): Formula | undefined => {
    if (text.length === 1) return literal(text);
    return pair(side.exec(text)?.groups, literal);
  };
  return pair(match.groups, readSide) ?? readSide(match[0]);
}
