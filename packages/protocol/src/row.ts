// The dataset row: one problem as JSONL. Owns its shape; identity and split rules are implemented in packages/gym.

import type { Message } from "./message.ts";

export type Language = "en" | "zh";
export type Split = "train" | "heldout";

/** How an answer is judged. `kind` selects the grader of packages/verify; further fields are the kind's own. */
export interface Verifier {
  kind: "expression" | "number" | "set" | "tuple" | "relation" | "ode" | "assignment" | "choice" | "text" | "program";
  [field: string]: unknown;
}

/** Where a row came from: enough to make it again, byte for byte. */
export interface RowSource {
  generator: string;
  version: string;
  seed: number;
  index: number;
}

/** One problem. `key` is canonical: equal across wording, language and commuted forms; it alone decides `split`. */
export interface DatasetRow {
  id: string;
  task: string;
  level: number;
  language: Language;
  key: string;
  split: Split;
  phrasing: string;
  messages: Message[];
  answer: string;
  verifier: Verifier;
  source: RowSource;
}
