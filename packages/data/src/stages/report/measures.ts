// What the report knows of a set of documents. Owns the sums, and that they add up over files in any grouping.

import type { DataDocument, HistoryEntry, Json } from "../../documents/document.ts";

/** How much of a text an example shows, in UTF-16 units. */
const EXAMPLE_TEXT = 240;

/** How many different names (languages, formats, rules) a measure holds; what comes later is counted as `other`. */
const MOST_NAMES = 200;

/** Sums over documents. */
export interface Measure {
  documents: number;
  characters: number;
  /** Documents by the whole part of log2(characters); an empty text is in the first. */
  lengths: number[];
  languages: Record<string, number>;
  formats: Record<string, number>;
  /** Documents that were made out of others, by kind and, where a model made them, its name: `solve, lemma-s`. */
  made: Record<string, number>;
}

/** Documents that one rule dropped. */
export interface RuleMeasure {
  documents: number;
  characters: number;
  /** The least and the greatest number in each field that the rule noted. */
  values: Record<string, [least: number, greatest: number]>;
  example: { id: string; source: string; entry: HistoryEntry; text: string };
}

export const emptyMeasure = (): Measure => ({
  documents: 0,
  characters: 0,
  lengths: [],
  languages: {},
  formats: {},
  made: {},
});

/** Adds a document. */
export function measureDocument(into: Measure, { text, language, source, history }: DataDocument): void {
  into.documents++;
  into.characters += text.length;
  const bin = text.length < 2 ? 0 : 31 - Math.clz32(text.length);
  while (into.lengths.length <= bin) into.lengths.push(0);
  into.lengths[bin]!++;
  count(into.languages, language ?? "not said", 1);
  count(into.formats, source.format, 1);
  const making = history?.findLast(isMaking);
  if (making !== undefined) count(into.made, makingName(making), 1);
}

/** Whether the entry says that the document was made out of another one: it names that and the kind, and no rule that dropped it. */
const isMaking = ({ of, kind, rule }: HistoryEntry): boolean =>
  typeof of === "string" && typeof kind === "string" && rule === undefined;

/** How a document was made: the kind, and the model if one made it. */
const makingName = ({ kind, model }: HistoryEntry): string =>
  typeof model === "string" ? `${kind}, ${model}` : String(kind);

/** Adds one measure to another. */
export function addMeasure(into: Measure, from: Measure): void {
  into.documents += from.documents;
  into.characters += from.characters;
  for (const [bin, documents] of from.lengths.entries()) into.lengths[bin] = (into.lengths[bin] ?? 0) + documents;
  for (const [name, documents] of Object.entries(from.languages)) count(into.languages, name, documents);
  for (const [name, documents] of Object.entries(from.formats)) count(into.formats, name, documents);
  for (const [name, documents] of Object.entries(from.made)) count(into.made, name, documents);
}

/** The last entry of a dropped document: who dropped it and why. */
export const reasonOf = ({ history }: DataDocument): HistoryEntry =>
  history?.at(-1) ?? { stage: "?", rule: "not said" };

/** Adds a dropped document under its rule. */
export function measureDropped(into: Map<string, RuleMeasure>, document: DataDocument): void {
  const entry = reasonOf(document);
  const kind = typeof entry.kind === "string" ? `${entry.kind}: ` : "";
  const rule = nameIn(into, kind + String(entry.rule ?? "not said"));
  const { id, source, text } = document;
  let measure = into.get(rule);
  if (measure === undefined) {
    const example = { id, source: `${source.path} ${source.index}`, entry: cutEntry(entry), text: cut(text) };
    measure = { documents: 0, characters: 0, values: {}, example };
    into.set(rule, measure);
  }
  measure.documents++;
  measure.characters += text.length;
  for (const [name, value] of Object.entries(entry))
    if (typeof value === "number") widen(measure.values, name, value, value);
}

/** Adds what another file's documents were dropped by; the example of the first file stays. */
export function addRules(into: Map<string, RuleMeasure>, from: Record<string, RuleMeasure>): void {
  for (const [rule, more] of Object.entries(from)) {
    const name = nameIn(into, rule);
    const known = into.get(name);
    if (known === undefined) into.set(name, structuredClone(more));
    else {
      known.documents += more.documents;
      known.characters += more.characters;
      for (const [field, [least, greatest]] of Object.entries(more.values)) widen(known.values, field, least, greatest);
    }
  }
}

function widen(values: RuleMeasure["values"], name: string, least: number, greatest: number): void {
  const [low, high] = Object.hasOwn(values, name) ? values[name]! : [least, greatest];
  if (!Object.hasOwn(values, name) && Object.keys(values).length >= MOST_NAMES) return;
  values[name] = [Math.min(low, least), Math.max(high, greatest)];
}

const nameIn = (into: Map<string, RuleMeasure>, rule: string): string =>
  into.has(rule) || into.size < MOST_NAMES ? rule.slice(0, 80) : "other";

/** Adds to a named sum; names come from data, so that they are bounded. */
function count(into: Record<string, number>, name: string, documents: number): void {
  const short = name.slice(0, 40);
  const key = Object.hasOwn(into, short) || Object.keys(into).length < MOST_NAMES ? short : "other";
  into[key] = (Object.hasOwn(into, key) ? into[key]! : 0) + documents;
}

/** Text cut for showing, never inside a pair of surrogates. */
export const cut = (text: string, most = EXAMPLE_TEXT): string =>
  text.length <= most
    ? text.toWellFormed()
    : `${text
        .slice(0, most - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, "")}…`;

function cutEntry(entry: HistoryEntry): HistoryEntry {
  const shown = (value: Json): Json => {
    if (typeof value === "string") return cut(value);
    const text = JSON.stringify(value);
    return text.length > EXAMPLE_TEXT ? cut(text) : value;
  };
  return Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, shown(value)])) as HistoryEntry;
}
