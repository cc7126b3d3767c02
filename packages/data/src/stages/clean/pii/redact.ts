// Redaction: personal data and secrets of a text become typed placeholders. Owns which rules run and who wins where two overlap.

import { findEmails } from "./email.ts";
import { findIbans } from "./iban.ts";
import { findIpv6 } from "./ipv6.ts";
import { PII_KINDS, type PiiKind, type PiiSpan, placeholder } from "./kinds.ts";
import { findNumbers } from "./numbers.ts";
import { findSecrets } from "./secrets.ts";

/** How much was redacted, by kind. */
export type Redactions = Partial<Record<PiiKind, number>>;

const RANK = new Map(PII_KINDS.map((kind, rank) => [kind, rank]));

/** Finds what is personal or secret, in order and without overlaps. All kinds are looked for, so that a kind left out hides none of another's. */
export function findPii(text: string, kinds: readonly PiiKind[] = PII_KINDS): PiiSpan[] {
  const spans: PiiSpan[] = [];
  const found = (kind: PiiKind, start: number, end: number): void => void spans.push({ kind, start, end });
  findSecrets(text, found);
  if (text.includes("@") || /at[\])}]/i.test(text)) findEmails(text, found);
  if (/\d/.test(text)) {
    findIbans(text, found);
    findNumbers(text, found);
    findIpv6(text, found);
  }
  spans.sort((a, b) => a.start - b.start || RANK.get(a.kind)! - RANK.get(b.kind)! || b.end - a.end);
  const kept: PiiSpan[] = [];
  for (const span of spans) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) kept.push(span);
    else if (RANK.get(span.kind)! < RANK.get(last.kind)!) kept[kept.length - 1] = span;
  }
  return kept.filter(({ kind }) => kinds.includes(kind));
}

/**
 * The text with placeholders, and how much was redacted of each kind.
 * @example redact("Write to ann@lemma.example.") // { text: "Write to <EMAIL>.", redactions: { email: 1 } }
 */
export function redact(text: string, kinds: readonly PiiKind[] = PII_KINDS): { text: string; redactions: Redactions } {
  const redactions: Redactions = {};
  const spans = kinds.length === 0 ? [] : findPii(text, kinds);
  if (spans.length === 0) return { text, redactions };
  let redacted = "";
  let from = 0;
  for (const { kind, start, end } of spans) {
    redacted += text.slice(from, start) + placeholder(kind);
    redactions[kind] = (redactions[kind] ?? 0) + 1;
    from = end;
  }
  return { text: redacted + text.slice(from), redactions };
}
