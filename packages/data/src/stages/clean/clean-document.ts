// One document through all of `clean`. Owns the order of steps: repair, boilerplate, redaction (so that dropped documents hold no personal
// data either), language, filters. Conversations are repaired, redacted and identified; boilerplate and filters are for running text.

import type { Message } from "@lemma/protocol";
import { conversationText, type DataDocument, type HistoryEntry, type Json } from "../../documents/document.ts";
import { type CleanOptions, thresholdsOf } from "./clean-options.ts";
import { c4, hasC4 } from "./filters/c4.ts";
import { fineweb } from "./filters/fineweb.ts";
import { gopherQuality } from "./filters/gopher-quality.ts";
import { gopherRepetition } from "./filters/gopher-repetition.ts";
import type { Failure, Thresholds } from "./filters/thresholds.ts";
import { rounded } from "./filters/thresholds.ts";
import { redact } from "./pii/redact.ts";
import { removeBoilerplate } from "./text/boilerplate.ts";
import type { LanguageIdentifier } from "./text/language.ts";
import { MEASURED, wordsOf } from "./text/words.ts";
import { repairText } from "./unicode/repair.ts";

/** A document after `clean`. */
export interface Cleaned {
  document: DataDocument;
  isKept: boolean;
  /** What was done, for the sums of a report: `repaired_mojibake`, `removed_navigation`, `redacted_email`, `dropped_minWords`, … */
  counts: Record<string, number>;
}

/** Cleans documents with given options; pure. */
export class Cleaner {
  readonly #options: CleanOptions;
  readonly #identify: LanguageIdentifier;
  readonly #thresholds: Thresholds;
  readonly #hasFilters: boolean;

  constructor(options: CleanOptions, identify: LanguageIdentifier) {
    this.#options = options;
    this.#identify = identify;
    this.#thresholds = thresholdsOf(options);
    this.#hasFilters = Object.values(this.#thresholds).some((limit) => limit !== null && limit !== false);
  }

  clean(original: DataDocument): Cleaned {
    const { fullWidth, boilerplate, redact: kinds, maxUnreadable, languages } = this.#options;
    const history: HistoryEntry[] = [];
    const counts: Record<string, number> = {};
    const note = (rule: string, sums: Record<string, number>): void => {
      if (Object.keys(sums).length === 0) return;
      history.push({ stage: "clean", rule, ...sums });
      for (const [name, count] of Object.entries(sums)) counts[`${rule}_${name}`] = count;
    };
    const repaired = edited(original, (text) => {
      const { text: better, repairs } = repairText(text, fullWidth);
      return { text: better, sums: repairs };
    });
    note("repaired", repaired.sums);
    let document = repaired.document;
    if (boilerplate && document.messages === undefined) {
      const { text, lines } = removeBoilerplate(document.text);
      document = { ...document, text };
      note("removed", lines);
    }
    const redacted = edited(document, (text) => {
      const { text: safe, redactions } = redact(text, kinds);
      return { text: safe, sums: redactions };
    });
    note("redacted", redacted.sums);
    document = redacted.document;
    const { language, confidence } = this.#identify(document.text, {
      minLetters: this.#options.minLanguageLetters,
      minConfidence: this.#options.minLanguageConfidence,
    });
    const drop = (rule: string, details: Record<string, Json>): Cleaned => {
      counts[`dropped_${rule}`] = 1;
      return {
        document: finished(document, language, [...history, { stage: "clean", rule, ...details }]),
        isKept: false,
        counts,
      };
    };
    if (!/\S/.test(document.text)) return drop("empty", { value: 0, limit: 1 });
    const unreadable = unreadableShare(document.text);
    if (unreadable > maxUnreadable) return drop("maxUnreadable", { value: rounded(unreadable), limit: maxUnreadable });
    if (languages.length > 0 && !languages.includes(language))
      return drop("language", { value: language, confidence, limit: languages });
    if (this.#hasFilters && document.messages === undefined) {
      const { failure, text, lines } = this.#filter(document.text, language);
      if (failure !== undefined) return drop(failure.rule, { value: failure.value, limit: failure.limit });
      document = { ...document, text };
      note("removed", lines);
    }
    return { document: finished(document, language, history), isKept: true, counts };
  }

  /** FineWeb's order: repetition, quality, C4 (which changes the text), then FineWeb's own rules on what is left. */
  #filter(
    text: string,
    language: string,
  ): { text: string; lines: Record<string, number>; failure?: Failure | undefined } {
    const limits = this.#thresholds;
    const words = wordsOf(text.slice(0, MEASURED));
    const gopher = gopherRepetition(words, limits) ?? gopherQuality(words, language, limits);
    if (gopher !== undefined) return { text, lines: {}, failure: gopher };
    const left = hasC4(limits) ? c4(text, limits) : { text, lines: {} };
    if (left.failure !== undefined) return left;
    const measured = left.text === text ? words : wordsOf(left.text.slice(0, MEASURED));
    return { ...left, failure: fineweb(measured, limits) };
  }
}

/** The document with every text of it edited: the turns of a conversation, or its text. */
function edited(
  document: DataDocument,
  edit: (text: string) => { text: string; sums: Record<string, number> },
): { document: DataDocument; sums: Record<string, number> } {
  const sums: Record<string, number> = {};
  const apply = (original: string): string => {
    const { text, sums: found } = edit(original);
    for (const [name, count] of Object.entries(found)) sums[name] = (sums[name] ?? 0) + count;
    return text;
  };
  if (document.messages === undefined) return { document: { ...document, text: apply(document.text) }, sums };
  const messages = document.messages.map((message): Message => {
    const { reasoning_content: thought, content } = message;
    return {
      ...message,
      content: apply(content),
      ...(thought === undefined ? {} : { reasoning_content: apply(thought) }),
    };
  });
  return { document: { ...document, messages, text: conversationText(messages) }, sums };
}

/** In the order of DataDocument's fields. */
function finished(document: DataDocument, language: string, added: readonly HistoryEntry[]): DataDocument {
  const { id, text, messages, source, fields, history = [] } = document;
  const whole = [...history, ...added];
  return {
    id,
    text,
    ...(messages === undefined ? {} : { messages }),
    source,
    language,
    ...(fields === undefined ? {} : { fields }),
    ...(whole.length === 0 ? {} : { history: whole }),
  };
}

function unreadableShare(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\ufffd"); at >= 0; at = text.indexOf("\ufffd", at + 1)) count++;
  return count / Math.max(1, text.length);
}
