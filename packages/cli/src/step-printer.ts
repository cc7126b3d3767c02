// Prints a reply while it arrives: the thought line by line, each with the mark of its verdict, then the answer. Owns
// marks and colours. A thought line is held until its verdict is there: the mark stands before it.

import type { StepVerdict, StreamEvent, Verdict, Verified, WithdrawnAttempt } from "@lemma/protocol";
import type { Terminal } from "./terminal.ts";

const MARKS = { proved: "✓", refuted: "✗", unknown: "?" } as const;
const COLOURS = { proved: "green", refuted: "red", unknown: "yellow" } as const;

export class StepPrinter {
  readonly #terminal: Terminal;
  /** Thought text not printed yet, and the offset in the whole thought at which it starts. */
  #held = "";
  #offset = 0;
  #hasAnswer = false;
  #verified: Verified | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Prints what an event of a stream brings. */
  event(event: StreamEvent): void {
    switch (event.type) {
      case "reasoning-delta":
        this.reasoning(event.text);
        break;
      case "step-verdict":
        this.step(event.step);
        break;
      case "text-delta":
        this.text(event.text);
        break;
      case "attempt-withdrawn":
        this.withdrawn(event.withdrawn);
        break;
      case "verified":
        this.#verified = event.verified;
    }
  }

  /** An attempt is taken back: the thought begins anew. */
  withdrawn(attempt: WithdrawnAttempt): void {
    this.#plain(Number.POSITIVE_INFINITY);
    const answer = attempt.text.replace(/\s+/g, " ").trim() || "no answer";
    const line = `attempt ${attempt.attempt} taken back: ${answer}, ${outcome(attempt)}`;
    this.#terminal.line(`${this.#terminal.style("yellow", "↩")} ${this.#terminal.style("dim", harmless(line))}`);
    this.#held = "";
    this.#offset = 0;
  }

  /** More of the thought. */
  reasoning(text: string): void {
    this.#held += text;
  }

  /** The verdict on a line of the thought; one that replaces an earlier verdict (a withdrawn step) was printed before. */
  step(step: StepVerdict): void {
    if (step.start < this.#offset) return;
    this.#plain(step.start);
    const mark = this.#terminal.style(COLOURS[step.verdict], MARKS[step.verdict]);
    const witness = step.verdict === "refuted" ? `   (${describe(step.witness)})` : "";
    this.#terminal.line(`${mark} ${this.#terminal.style("dim", harmless(step.text + witness))}`);
    this.#skip(step.end);
  }

  /** More of the answer: what is left of the thought comes first. */
  text(text: string): void {
    if (!this.#hasAnswer) {
      this.#plain(Number.POSITIVE_INFINITY);
      this.#hasAnswer = true;
    }
    this.#terminal.write(harmless(text));
  }

  /** Ends the last line. */
  end(): void {
    this.#plain(Number.POSITIVE_INFINITY);
    if (this.#hasAnswer) this.#terminal.line();
    if (this.#verified !== undefined) this.#terminal.line(this.#mark(this.#verified));
  }

  /** What the check of the answer came to. */
  #mark(verified: Verified): string {
    const { verdict, by, attempts } = verified;
    const how = by === "recomputing" ? " by computing it again" : "";
    const count = `${attempts} ${attempts === 1 ? "attempt" : "attempts"}`;
    const text = verdict === "proved" ? `answer checked${how}` : `answer not proved: ${outcome(verified)}`;
    const mark = this.#terminal.style(COLOURS[verdict], MARKS[verdict]);
    return `${mark} ${this.#terminal.style("dim", harmless(`${text} (${count})`))}`;
  }

  /** Prints thought lines without a verdict up to an offset (`[BACK]`, or what no checker saw). */
  #plain(until: number): void {
    const text = this.#held.slice(0, Math.max(0, until - this.#offset));
    for (const line of text.split("\n")) {
      if (line.trim() !== "") this.#terminal.line(`  ${this.#terminal.style("dim", harmless(line))}`);
    }
    this.#skip(this.#offset + text.length);
  }

  #skip(to: number): void {
    this.#held = this.#held.slice(to - this.#offset);
    this.#offset = to;
  }
}

/** A model's text must not steer the terminal: control characters but tab and line break are shown as symbols. */
const harmless = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, (c) =>
    c < " " ? String.fromCodePoint(0x2400 + c.charCodeAt(0)) : "\ufffd",
  );

/** A verdict in words. */
const outcome = (verdict: Verdict): string => {
  if (verdict.verdict === "proved") return "proved";
  return verdict.verdict === "refuted" ? `refuted (${describe(verdict.witness)})` : `unknown (${verdict.reason})`;
};

const describe = (witness: Record<string, string>): string =>
  Object.entries(witness)
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");
