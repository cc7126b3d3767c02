// What a question says in plain mathematics: its relations, numbers and symbols. Where a task family states the premises these are used;
// otherwise the mathematical fragments of the text itself.

import { type Rational, toText } from "../number/rational.ts";
import type { Chain, Statement } from "../syntax/expression.ts";
import { readStatement, type Vocabulary } from "../syntax/statement.ts";
import { collectNumbers, expressionsOf, symbolsOf } from "../syntax/walk.ts";

export interface QuestionFacts {
  readonly relations: readonly Chain[];
  readonly symbols: ReadonlySet<string>;
  /** Every number that stands in the question or its premises, as digits. */
  readonly numbers: ReadonlySet<string>;
  readonly vocabulary: Vocabulary;
}

const RELATION = /[=<>≤≥≠]|\\(?:le|ge|ne|lt|gt)/;
const NAME = /\p{Lu}\p{Ll}+/gu;
const HAN_OR_STOP = /[\u3000-\u303f\u3400-\u9fff\uff0c\uff1b\uff1f\uff01\uff1a]+|[,;:?!](?=\s|$)|\.(?=\s|$)/u;
const FUNCTION_WORD = /^(?:sin|cos|tan|cot|sec|csc|ln|log|exp|sqrt|abs|pi|dy|dx)$/;

/** Chains of relations in a statement. */
export function chainsOf(statement: Statement): Chain[] {
  if (statement.kind === "chain") return [statement];
  return statement.kind === "all" ? statement.parts.flatMap(chainsOf) : [];
}

/** Reads a question; `premises` come from its task family. */
export function readQuestion(question: string, premises: readonly string[] | undefined): QuestionFacts {
  const names = new Set<string>(question.match(NAME) ?? []);
  const symbols = new Set<string>();
  const relations: Chain[] = [];
  const numbers = new Set<string>(question.match(/\d+(?:\.\d+)?/g) ?? []);
  const vocabulary: { names: Set<string>; variables?: Set<string> } = { names };
  const texts = premises ?? fragments(question);
  if (usesLetterE(texts)) vocabulary.variables = new Set(["e"]);
  for (const text of texts) {
    const reading = readStatement(text, vocabulary);
    if (!reading.ok) continue;
    relations.push(...chainsOf(reading.statement));
    const expressions = expressionsOf(reading.statement);
    for (const name of symbolsOf(...expressions)) symbols.add(name);
    const found: Rational[] = [];
    for (const expression of expressions) collectNumbers(expression, found);
    for (const value of found) numbers.add(toText(value));
  }
  return { relations, symbols, numbers, vocabulary };
}

/** An unknown called e: the letter stands there, and never as the base of a power. */
function usesLetterE(texts: readonly string[]): boolean {
  const all = texts.join("\n");
  return /(?<![a-zA-Z\\])e(?![a-zA-Z])/.test(all) && !/e\s*\^|\be[ⁿ²³]|exp/.test(all);
}

/** The pieces of a text that read as mathematics and hold a relation. */
function fragments(question: string): string[] {
  const found: string[] = [];
  for (const sentence of question.split(HAN_OR_STOP)) {
    let current: string[] = [];
    const close = (): void => {
      const text = current.join(" ");
      if (RELATION.test(text)) found.push(text);
      current = [];
    };
    const words = sentence.split(/\s+/).filter((word) => word !== "");
    const isBesideRelation = (k: number): boolean =>
      /^[<>=]/.test(words[k + 1] ?? "") || /[<>=]$/.test(words[k - 1] ?? "");
    for (const [k, word] of words.entries()) {
      const isWord = /^\p{L}{2,}$/u.test(word) && !FUNCTION_WORD.test(word);
      if (isWord && !isBesideRelation(k)) close();
      else current.push(word);
      if (isWord && !/^[<>=]/.test(words[k + 1] ?? "")) close();
    }
    close();
  }
  return found;
}
