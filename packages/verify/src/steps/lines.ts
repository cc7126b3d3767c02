// Cuts reasoning text into lines with offsets, and a line into label and body. Knows nothing of mathematics.

import type { StepLine } from "../task.ts";

/** A line of the reasoning: UTF-16 offsets of its trimmed text. */
export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The mark that withdraws the nearest standing step. */
export const BACK = "[BACK]";

/** Collects streamed text and gives back finished lines; empty ones are dropped. */
export class LineSplitter {
  #rest = "";
  #offset = 0;

  /** Adds text; returns the lines that it completed. */
  push(text: string): Line[] {
    this.#rest += text;
    const lines: Line[] = [];
    for (let at = this.#rest.indexOf("\n"); at >= 0; at = this.#rest.indexOf("\n")) {
      this.#take(at, at + 1, lines);
    }
    return lines;
  }

  /** The last line, which no line break ended. */
  end(): Line[] {
    const lines: Line[] = [];
    this.#take(this.#rest.length, this.#rest.length, lines);
    return lines;
  }

  #take(length: number, consumed: number, into: Line[]): void {
    const raw = this.#rest.slice(0, length);
    const text = raw.trim();
    if (text !== "") {
      const start = this.#offset + raw.indexOf(text);
      into.push({ text, start, end: start + text.length });
    }
    this.#rest = this.#rest.slice(consumed);
    this.#offset += consumed;
  }
}

/** Splits off the label before the first colon. */
export function stepLine(index: number, text: string): StepLine {
  const at = text.search(/[:：]/);
  if (at < 0) return { index, text, body: text };
  return { index, text, label: text.slice(0, at).trim(), body: text.slice(at + 1).trim() };
}
