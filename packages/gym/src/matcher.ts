// Reads a question back: turns wordings into patterns and finds the one that a text contains. Owns the pattern building; the
// families say what their slots look like. Used by the checkers' `recognise`, so that only text is needed.

import type { Template, TemplateNode } from "./template.ts";

/** Slot values by name, as they stand in the text. */
export type SlotText = Readonly<Record<string, string>>;

/** Finds a wording in a text; undefined where none fits. */
export type Matcher<T> = (text: string) => { readonly tag: T; readonly slots: SlotText } | undefined;

/**
 * A matcher for tagged templates. `slots` gives each slot's regular expression without capture groups. Case, repeated spaces
 * end punctuation and spaces beside Chinese characters don't matter; words before and after are allowed. Longer matches win.
 * @example
 * matcher([[template("[Add|Sum] {a} and {b}."), "+"]], { a: "\\d+", b: "\\d+" })("Please add 3 and 4!"); // { tag: "+", slots: { a: "3", b: "4" } }
 */
export function matcher<T>(entries: readonly (readonly [Template, T])[], slots: SlotText): Matcher<T> {
  const compiled = entries.map(([template, tag]) => {
    const names: string[] = [];
    const body = source(template.nodes, slots, names);
    return { tag, names, pattern: new RegExp(`(?<![\\w.])${body}(?!\\w)`, "iu") };
  });
  return (typed) => {
    const text = typed.replace(/(?<=\p{Script=Han}) +| +(?=\p{Script=Han})/gu, "");
    let best: { tag: T; slots: SlotText; length: number } | undefined;
    for (const { tag, names, pattern } of compiled) {
      const match = pattern.exec(text);
      if (match === null || (best !== undefined && match[0].length <= best.length)) continue;
      const found: Record<string, string> = {};
      let consistent = true;
      names.forEach((name, i) => {
        const value = match[i + 1];
        if (value === undefined) return;
        if (found[name] !== undefined && found[name].toLowerCase() !== value.toLowerCase()) consistent = false;
        found[name] = value;
      });
      if (consistent) best = { tag, slots: found, length: match[0].length };
    }
    return best;
  };
}

/**
 * A reader of the lines of one long text: as `matcher`, but a form must be the whole line, and the forms that fitted last are tried first,
 * so that a text of thousands of lines in one style is read in linear time. Each call of the result begins a text.
 * @example
 * const read = lineMatcher([[template("{a} owns {n} sheep."), "owns"]], { a: "\\w+", n: "\\d+" })();
 * read("Ann owns 5 sheep."); // { tag: "owns", slots: { a: "Ann", n: "5" } }
 */
export function lineMatcher<T>(entries: readonly (readonly [Template, T])[], slots: SlotText): () => Matcher<T> {
  const compiled = entries.map(([template, tag]) => {
    const names: string[] = [];
    const body = source(template.nodes, slots, names);
    return { tag, names, pattern: new RegExp(`^${body}$`, "iu") };
  });
  return () => {
    const order = [...compiled];
    return (line) => {
      const at = order.findIndex(({ pattern }) => pattern.test(line));
      if (at < 0) return undefined;
      const [form] = order.splice(at, 1);
      order.unshift(form!);
      const { tag, names, pattern } = form!;
      const values = pattern.exec(line)!.slice(1);
      const found = names.flatMap((name, i) => (values[i] === undefined ? [] : [[name, values[i]]]));
      return { tag, slots: Object.fromEntries(found) };
    };
  };
}

function source(nodes: readonly TemplateNode[], slots: SlotText, names: string[]): string {
  let out = "";
  for (const node of nodes) {
    if (typeof node === "string") out += literal(node);
    else if ("slot" in node) {
      names.push(node.slot);
      out += `(${slots[node.slot] ?? ".+?"})`;
    } else out += `(?:${node.choices.map((choice) => source(choice, slots, names)).join("|")})`;
  }
  return out;
}

function literal(text: string): string {
  return text
    .replace(/[\\^$*+?.()|[\]{}]/g, "\\$&")
    .replace(/\\[.?]|[!。？！]/g, (mark) => `${mark}?`)
    .replace(/\s+/g, (space) => (space.includes("\n") ? "\\s*" : "\\s+"));
}
