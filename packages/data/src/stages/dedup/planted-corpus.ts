// Corpora with planted duplicates, for tests and benchmarks: what is a copy of what, and how similar it truly is. Owns the operators;
// similarity is computed here by sets of strings, not by the hashes that are measured.

import { sfc32 } from "../../shards/seeded-shuffle.ts";
import { aloneCharacter } from "./characters.ts";
import { exactForm, normalForm } from "./normal-form.ts";
import type { Scheme } from "./scheme.ts";

/** How a document was made. */
export type PlantedKind =
  | "base"
  | "equal" // byte for byte
  | "case" // other case and white space: equal in the exact form
  | "punctuation"
  | "substitution" // words replaced
  | "truncation"
  | "boilerplate" // a header and a footer that other families have too
  | "sentences" // in another order
  | "template"; // a hard negative: the text of a form with other names and numbers; a family of its own

/** A document of a planted corpus. */
export interface PlantedDocument {
  text: string;
  /** Documents of one family are copies of one base. */
  family: number;
  kind: PlantedKind;
  /** True Jaccard similarity to the family's base, its first document; 1 for the base and for templates. */
  jaccard: number;
}

/** What a planted corpus is like. */
export interface PlantedOptions {
  seed: number;
  documents: number;
  /** The share of documents that are copies of another. */
  redundancy: number;
  /** The share of documents that share a form with others and are no copies. */
  negatives: number;
  /** Copies less similar to their base than this are made again with weaker changes. */
  leastJaccard: number;
  /** Words in a base: drawn evenly from this range. */
  words: readonly [least: number, most: number];
  /** What similarity is measured on. */
  scheme: Pick<Scheme, "unit" | "size">;
}

/** The largest family. */
const FAMILY = 200;

/** How copies are made. */
export const COPIES = [
  "equal",
  "case",
  "punctuation",
  "substitution",
  "truncation",
  "boilerplate",
  "sentences",
] as const;

const BOILERPLATE =
  "This page is provided for general information only and comes without warranty of any kind. Terms of use and the privacy notice " +
  "apply to all visitors. Sign in to follow this topic, share it with friends, or read the next article in this series. ";

const FORM =
  "This agreement is made between NAME and NAME on DATE. The first party shall deliver goods with a value of NUMBER to the second " +
  "party at NAME no later than DATE. Payment of NUMBER is due within NUMBER days of delivery to the account of NAME. Disputes are " +
  "settled by the court of NAME. Signed at NAME on DATE by NAME and NAME in NUMBER copies. ";

/** Draws for one corpus. */
export class Draws {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = sfc32(seed, "planted");
  }

  /** From 0 up to 1. */
  share(): number {
    return this.#next() / 2 ** 32;
  }

  below(count: number): number {
    return Math.floor(this.share() * count);
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }

  /** A made-up word; few are common and many are rare, as in texts. */
  word(): string {
    const rank = Math.floor(Math.exp(this.share() * Math.log(20_000)));
    let word = "";
    for (let rest = rank * 37 + 11; rest > 0; rest = Math.floor(rest / 60))
      word += `${"bcdfghklmnprstvz"[rest % 16]!}${"aeiou"[rest % 5]!}`;
    return word;
  }

  /** Sentences of 6 to 18 words, a paragraph every five. */
  text(words: number): string {
    let text = "";
    for (let sentence = 0; words > 0; sentence++) {
      const length = Math.min(words, 6 + this.below(13));
      const own = Array.from({ length }, () => this.word());
      own[0] = own[0]![0]!.toUpperCase() + own[0]!.slice(1);
      text += `${own.join(" ")}.${sentence % 5 === 4 ? "\n\n" : " "}`;
      words -= length;
    }
    return text.trimEnd();
  }
}

/**
 * The documents of a corpus, in a mixed order that the seed decides; a family's base comes before its copies. Families have Zipf sizes
 * (exponent 1.8, at most 200), so some are large.
 * @example [...plantedCorpus({ seed: 1, documents: 1000, redundancy: 0.6 })] // 600 of them copies
 */
export function* plantedCorpus({
  seed,
  documents,
  redundancy,
  negatives = 0.05,
  leastJaccard = 0,
  words = [40, 400],
  scheme = { unit: "words", size: 5 },
}: Partial<PlantedOptions> & Pick<PlantedOptions, "seed" | "documents" | "redundancy">): Generator<PlantedDocument> {
  const draws = new Draws(seed);
  const copies = Math.round(documents * redundancy);
  const forms = Math.round(documents * negatives);
  const bases = documents - copies - forms;
  const sizes = familySizes(draws, bases, copies);
  // What is made, family by family; then the order: each family's documents in turn at places drawn among all.
  const order = Array.from({ length: documents }, (_, i) => ({ at: draws.share(), i })).sort((a, b) => a.at - b.at);
  const families: number[] = [];
  for (const [family, size] of sizes.entries()) for (let i = 0; i < size; i++) families.push(family);
  for (let i = 0; i < forms; i++) families.push(bases + i);
  const texts = new Map<number, { text: string; left: number }>();
  for (const { i } of order) {
    const family = families[i]!;
    if (family >= bases) {
      yield { text: filledForm(draws), family, kind: "template", jaccard: 1 };
      continue;
    }
    const base = texts.get(family);
    if (base === undefined) {
      const text = draws.text(words[0] + draws.below(words[1] - words[0] + 1));
      if (sizes[family]! > 1) texts.set(family, { text, left: sizes[family]! - 1 });
      yield { text, family, kind: "base", jaccard: 1 };
      continue;
    }
    if (--base.left === 0) texts.delete(family);
    yield { family, ...copyOf(base.text, draws, leastJaccard, scheme) };
  }
}

function familySizes(draws: Draws, bases: number, copies: number): number[] {
  const sizes = Array.from({ length: bases }, () => 1);
  for (let left = copies, family = 0; left > 0 && bases > 0; family = (family + 1) % bases) {
    const zipf = Math.floor((1 - draws.share()) ** (-1 / 0.8)); // P(size ≥ k) = k^-0.8: the tail of exponent 1.8
    const more = Math.min(left, zipf, Math.max(1, FAMILY - sizes[family]!));
    sizes[family]! += more;
    left -= more;
  }
  return sizes;
}

function copyOf(
  base: string,
  draws: Draws,
  leastJaccard: number,
  scheme: Pick<Scheme, "unit" | "size">,
): Omit<PlantedDocument, "family"> {
  const kind = draws.of(COPIES);
  for (let strength = draws.share(); ; strength /= 2) {
    const text = changed(base, kind, strength, draws);
    const jaccard = trueJaccard(base, text, scheme);
    if (jaccard >= leastJaccard) return { text, kind, jaccard };
    if (strength < 1e-3) return { text: base, kind: "equal", jaccard: 1 };
  }
}

/** A copy with a change of a strength from 0 to 1. */
export function changed(base: string, kind: (typeof COPIES)[number], strength: number, draws: Draws): string {
  switch (kind) {
    case "equal":
      return base;
    case "case":
      return strength < 0.5 ? base.toUpperCase() : base.replaceAll(" ", "\r\n ");
    case "punctuation":
      return base.replaceAll(".", strength < 0.5 ? "!" : " …");
    case "substitution":
      return base
        .split(" ")
        .map((word) => (draws.share() < 0.2 * strength ? draws.word() : word))
        .join(" ");
    case "truncation":
      return base.slice(0, Math.ceil(base.length * (1 - 0.5 * strength)));
    case "boilerplate": {
      const length = Math.floor(0.6 * strength * base.length);
      const lines = BOILERPLATE.repeat(Math.ceil(length / BOILERPLATE.length)).slice(0, length);
      return `${lines.slice(0, length / 2)}\n${base}\n${lines.slice(length / 2)}`;
    }
    case "sentences": {
      const sentences = base.split(". ");
      for (let swaps = Math.ceil(strength * sentences.length); swaps > 0; swaps--) {
        const [i, j] = [draws.below(sentences.length), draws.below(sentences.length)];
        [sentences[i], sentences[j]] = [sentences[j]!, sentences[i]!];
      }
      return sentences.join(". ");
    }
  }
}

const filledForm = (draws: Draws): string =>
  FORM.replace(/NAME|DATE|NUMBER/g, (field) => {
    if (field === "NAME") return `${draws.word()} ${draws.word()}`;
    return field === "DATE"
      ? `${1 + draws.below(28)}/${1 + draws.below(12)}/${1950 + draws.below(80)}`
      : String(draws.below(1e6));
  });

const WORD = new RegExp(`${aloneCharacter.source}|(?:(?!${aloneCharacter.source})[\\p{L}\\p{M}\\p{N}])+`, "gu");

/** The words of a text, as shingles are made of them, by one regular expression. */
export const wordStrings = (text: string): string[] => normalForm(text).match(WORD) ?? [];

/** The shingles of a text as strings. */
export function shingleStrings(text: string, { unit, size }: Pick<Scheme, "unit" | "size">): Set<string> {
  const units = unit === "words" ? wordStrings(text) : Array.from(exactForm(normalForm(text)));
  const found = new Set<string>();
  for (let i = 0; i + size <= units.length; i++) found.add(units.slice(i, i + size).join("\0"));
  return found;
}

/** The Jaccard similarity of two texts' shingles; 1 where both are too short to have any and equal. */
export function trueJaccard(a: string, b: string, scheme: Pick<Scheme, "unit" | "size">): number {
  const [one, other] = [shingleStrings(a, scheme), shingleStrings(b, scheme)];
  if (one.size === 0 && other.size === 0) return exactForm(normalForm(a)) === exactForm(normalForm(b)) ? 1 : 0;
  return setJaccard(one, other);
}

/** |A ∩ B| / |A ∪ B| of two sets that are not both empty. */
export function setJaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const value of a) if (b.has(value)) common++;
  return common / (a.size + b.size - common);
}
