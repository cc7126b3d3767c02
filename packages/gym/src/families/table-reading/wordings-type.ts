// What a wording of a question on a table is: a frame for the table, and a sentence for each thing that can be asked.

import type { KINDS } from "./problem.ts";

/** A frame with the slots {table} and {ask}, and what is asked by kind. */
export type TableWording = { readonly frame: string } & Readonly<Record<(typeof KINDS)[number], string>>;

/** Each set of sentences in each frame. */
export const framed = (frames: readonly string[], asks: readonly Omit<TableWording, "frame">[]): TableWording[] =>
  frames.flatMap((frame) => asks.map((ask) => ({ frame, ...ask }) as TableWording));
