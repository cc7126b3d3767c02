// Labelled text for measuring redaction: positives of every kind in varied contexts between hard negatives and plain sentences, and the
// measure. Tests and benchmarks share it. Owns the mix and what counts as found.

import { PII_KINDS, type PiiKind, type PiiSpan } from "../kinds.ts";
import { findPii } from "../redact.ts";
import { FILLER, NAMED, PLAIN } from "./contexts.ts";
import { negative } from "./negatives.ts";
import { POSITIVES } from "./positives.ts";
import { Draw } from "./random.ts";

/** A text and all that is to be found in it, in order. */
export interface LabelledText {
  text: string;
  spans: PiiSpan[];
}

/** The text of a number: a third of its lines holds something, a third a hard negative, a third neither. */
export function labelledText(seed: number, index: number): LabelledText {
  const draw = new Draw(seed, `pii ${index}`);
  let text = "";
  const spans: PiiSpan[] = [];
  for (let line = draw.between(6, 15); line > 0; line--) {
    const sort = draw.below(3);
    if (sort === 0) {
      const kind = draw.pick<PiiKind>(PII_KINDS);
      const { value, named = false } = POSITIVES[kind](draw);
      const contexts = named || (NAMED[kind] !== undefined && draw.below(4) === 0) ? NAMED[kind]! : PLAIN[kind];
      const isBlock = value.includes("\n");
      const [before, after] = isBlock ? ["", ""] : (draw.pick<string>(contexts).split("{}") as [string, string]);
      spans.push({ kind, start: text.length + before.length, end: text.length + before.length + value.length });
      text += before + value + after;
    } else text += sort === 1 ? negative(draw) : draw.pick<string>(FILLER);
    text += "\n";
  }
  return { text, spans };
}

/** Sums of a kind: `exact` are found with the same kind, beginning and end. */
export interface PiiSums {
  labelled: number;
  found: number;
  exact: number;
}

export interface PiiMeasure {
  /** exact / labelled, and exact / found, over all kinds. */
  recall: number;
  precision: number;
  kinds: Record<PiiKind, PiiSums>;
  /** What was missed and what was found wrongly, with its kind and surroundings: the first hundred of each. */
  missed: string[];
  wrong: string[];
}

/** Measures `findPii` on `count` texts of a seed. */
export function measurePii(seed: number, count: number): PiiMeasure {
  const kinds = Object.fromEntries(
    PII_KINDS.map((kind) => [kind, { labelled: 0, found: 0, exact: 0 }]),
  ) as PiiMeasure["kinds"];
  const [missed, wrong]: [string[], string[]] = [[], []];
  for (let index = 0; index < count; index++) {
    const { text, spans } = labelledText(seed, index);
    const found = findPii(text);
    const keys = new Set(spans.map(keyOf));
    const foundKeys = new Set(found.map(keyOf));
    for (const span of spans) {
      kinds[span.kind].labelled++;
      if (foundKeys.has(keyOf(span))) kinds[span.kind].exact++;
      else if (missed.length < 100) missed.push(shown(text, span));
    }
    for (const span of found) {
      kinds[span.kind].found++;
      if (!keys.has(keyOf(span)) && wrong.length < 100) wrong.push(shown(text, span));
    }
  }
  const sum = (field: keyof PiiSums): number => Object.values(kinds).reduce((total, sums) => total + sums[field], 0);
  return { recall: sum("exact") / sum("labelled"), precision: sum("exact") / sum("found"), kinds, missed, wrong };
}

const keyOf = ({ kind, start, end }: PiiSpan): string => `${kind} ${start} ${end}`;

const shown = (text: string, { kind, start, end }: PiiSpan): string =>
  `${kind}: ${JSON.stringify(`${text.slice(Math.max(0, start - 16), start)}⟦${text.slice(start, end)}⟧${text.slice(end, end + 8)}`)}`;
