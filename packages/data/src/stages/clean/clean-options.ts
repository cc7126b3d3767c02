// What people may set of `clean`. Owns the schema; the thresholds of filters are in filters/thresholds.ts.

import { z } from "zod";
import { PRESETS, type Thresholds, thresholdsSchema } from "./filters/thresholds.ts";
import { PII_KINDS } from "./pii/kinds.ts";

const presetNames = ["none", "gopher", "c4", "fineweb"] as const satisfies readonly (keyof typeof PRESETS)[];

export const cleanOptions = z.strictObject({
  fullWidth: z.boolean().default(false).describe("full-width letters, digits and marks become plain ones"),
  maxUnreadable: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe("share of characters that were no text (U+FFFD); with more a document is dropped"),
  boilerplate: z.boolean().default(true).describe("take out lines of menus, cookie banners and policies"),
  redact: z
    .array(z.enum(PII_KINDS))
    .default([...PII_KINDS])
    .describe("personal data and secrets to replace by placeholders"),
  languages: z.array(z.string()).default([]).describe("ISO 639-1 codes (or unknown) to keep; all where left out"),
  minLanguageLetters: z
    .int()
    .positive()
    .default(80)
    .describe("letters without which a language stays unknown; a Chinese, Japanese or Korean one counts for four"),
  minLanguageConfidence: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe("how far the second language must lie behind, from 0 to 1"),
  preset: z.enum(presetNames).default("none").describe("published filters that drop documents"),
  thresholds: thresholdsSchema.prefault({}).describe("thresholds that differ from the preset's; null: no such rule"),
});

export type CleanOptions = z.infer<typeof cleanOptions>;

/** The preset with the thresholds that were set. */
export const thresholdsOf = ({ preset, thresholds }: CleanOptions): Thresholds => ({
  ...PRESETS[preset],
  ...thresholds,
});
