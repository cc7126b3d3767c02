// Wordings as small grammars: `[What is|Compute] {a} + {b}[?|]` has alternatives in brackets (nested, possibly empty) and
// slots in braces. Owns compiling, rendering and listing the forms; must not know what the slots mean.

import { LemmaError } from "@lemma/protocol";
import type { Random } from "./random.ts";

/** Values for the slots; a function is called only when its slot is met. */
export type Slots = Readonly<Record<string, string | ((random: Random) => string)>>;

/** A piece of a wording: literal text, a slot, or alternatives. */
export type TemplateNode =
  | string
  | { readonly slot: string }
  | { readonly choices: readonly (readonly TemplateNode[])[] };

/** A compiled wording. */
export interface Template {
  readonly text: string;
  readonly nodes: readonly TemplateNode[];
  /** One of the forms, chosen by `random`, with its slots filled. */
  render(slots: Slots, random: Random): string;
  /** How many forms there are. */
  readonly count: number;
  /** All forms, slots kept as `{name}`: for the tests that compare wordings. */
  forms(): string[];
}

/**
 * Compiles a wording. Throws LEMMA_E_INTERNAL where brackets don't match.
 * @example
 * template("[What is|Compute] {a}+{b}[?|]").render({ a: "2", b: "3" }, random); // "Compute 2+3?"
 */
export function template(text: string): Template {
  const parser = { text, at: 0 };
  const nodes = sequence(parser, false);
  if (parser.at < text.length) throw broken(text, parser.at);
  return {
    text,
    nodes,
    render: (slots, random) => renderNodes(nodes, slots, random, text),
    count: countForms(nodes),
    forms: () => listForms(nodes),
  };
}

function broken(text: string, at: number): LemmaError {
  return new LemmaError("LEMMA_E_INTERNAL", { problem: `wording "${text}": unmatched bracket at ${at}` });
}

function sequence(parser: { text: string; at: number }, inside: boolean): TemplateNode[] {
  const nodes: TemplateNode[] = [];
  while (parser.at < parser.text.length) {
    const char = parser.text[parser.at]!;
    if (char === "[") nodes.push(alternatives(parser));
    else if (char === "{") {
      const end = parser.text.indexOf("}", parser.at);
      if (end < 0) throw broken(parser.text, parser.at);
      nodes.push({ slot: parser.text.slice(parser.at + 1, end) });
      parser.at = end + 1;
    } else if (inside && (char === "|" || char === "]")) return nodes;
    else if (char === "]" || char === "}") throw broken(parser.text, parser.at);
    else {
      let end = parser.at + 1;
      while (end < parser.text.length && !"[]{}".includes(parser.text[end]!) && !(inside && parser.text[end] === "|"))
        end++;
      nodes.push(parser.text.slice(parser.at, end));
      parser.at = end;
    }
  }
  if (inside) throw broken(parser.text, parser.at);
  return nodes;
}

function alternatives(parser: { text: string; at: number }): TemplateNode {
  const choices: TemplateNode[][] = [];
  do {
    parser.at++;
    choices.push(sequence(parser, true));
  } while (parser.text[parser.at] === "|");
  parser.at++;
  return { choices };
}

function renderNodes(nodes: readonly TemplateNode[], slots: Slots, random: Random, text: string): string {
  let out = "";
  for (const node of nodes) {
    if (typeof node === "string") out += node;
    else if ("slot" in node) {
      const value = slots[node.slot];
      if (value === undefined)
        throw new LemmaError("LEMMA_E_INTERNAL", { problem: `wording "${text}": no value for {${node.slot}}` });
      out += typeof value === "string" ? value : value(random);
    } else out += renderNodes(node.choices[random.below(node.choices.length)]!, slots, random, text);
  }
  return out;
}

function countForms(nodes: readonly TemplateNode[]): number {
  let product = 1;
  for (const node of nodes)
    if (typeof node !== "string" && "choices" in node)
      product *= node.choices.reduce((sum, choice) => sum + countForms(choice), 0);
  return product;
}

function listForms(nodes: readonly TemplateNode[]): string[] {
  let forms = [""];
  for (const node of nodes) {
    const tails =
      typeof node === "string"
        ? [node]
        : "slot" in node
          ? [`{${node.slot}}`]
          : node.choices.flatMap((choice) => listForms(choice));
    forms = forms.flatMap((form) => tails.map((tail) => form + tail));
  }
  return forms;
}
