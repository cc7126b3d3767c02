// The kinds of personal data and secrets, and what stands in their place. Owns the names.

/** Every kind; of two that overlap, the one that stands first here wins. */
export const PII_KINDS = ["secret", "password", "email", "iban", "chinese_id", "card", "ip", "ssn", "phone"] as const;

export type PiiKind = (typeof PII_KINDS)[number];

/** What stands in its place: <EMAIL>, <CHINESE_ID>, … */
export const placeholder = (kind: PiiKind): string => `<${kind.toUpperCase()}>`;

/** A place in a text, in UTF-16 units. */
export interface PiiSpan {
  kind: PiiKind;
  start: number;
  end: number;
}

/** Takes what a rule found. */
export type Found = (kind: PiiKind, start: number, end: number) => void;

/** A character that makes a number or a code part of a longer one. */
export const isWordUnit = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
