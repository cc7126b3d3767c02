// Where output goes: data to standard output, progress and errors to standard error, colours only on a terminal that
// wants them. Owns styles and the progress line; knows no command.

import type { ReadStream, WriteStream } from "node:tty";

const STYLES = { dim: 2, bold: 1, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** Writes for people and programs. */
export class Terminal {
  readonly #out: NodeJS.WriteStream | WriteStream;
  readonly #error: NodeJS.WriteStream | WriteStream;
  readonly #environment: NodeJS.ProcessEnv;
  #progressWidth = 0;
  #lastProgress = Date.now();

  constructor(
    out: NodeJS.WriteStream = process.stdout,
    error: NodeJS.WriteStream = process.stderr,
    environment: NodeJS.ProcessEnv = process.env,
  ) {
    this.#out = out;
    this.#error = error;
    this.#environment = environment;
  }

  /** Whether a person reads standard output. */
  get isTerminal(): boolean {
    return this.#out.isTTY === true;
  }

  /** Data. */
  write(text: string): void {
    this.#out.write(text);
  }

  /** One line of data. */
  line(text: string = ""): void {
    this.write(`${text}\n`);
  }

  /** One JSON object on a line of its own. */
  json(value: unknown): void {
    this.line(JSON.stringify(value));
  }

  /** A line for people, on standard error. */
  note(text: string): void {
    this.clearProgress();
    this.#error.write(`${text}\n`);
  }

  /** Text in a style on standard output; plain where colours are not wanted. */
  style(style: keyof typeof STYLES, text: string): string {
    return this.#coloured(this.#out) && text !== "" ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text;
  }

  /** Text in a style on standard error. */
  errorStyle(style: keyof typeof STYLES, text: string): string {
    return this.#coloured(this.#error) ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text;
  }

  /** Replaces the progress line on a terminal; elsewhere a line now and then. */
  progress(text: string): void {
    const now = Date.now();
    if (this.#error.isTTY === true) {
      if (now - this.#lastProgress < 100) return;
      this.#error.write(`\r${text.padEnd(this.#progressWidth)}`);
      this.#progressWidth = text.length;
    } else {
      if (now - this.#lastProgress < 10_000) return;
      this.#error.write(`${text}\n`);
    }
    this.#lastProgress = now;
  }

  /** Takes the progress line away. */
  clearProgress(): void {
    if (this.#progressWidth > 0) this.#error.write(`\r${" ".repeat(this.#progressWidth)}\r`);
    this.#progressWidth = 0;
  }

  #coloured(stream: { isTTY?: boolean }): boolean {
    const { NO_COLOR, TERM } = this.#environment;
    return stream.isTTY === true && (NO_COLOR === undefined || NO_COLOR === "") && TERM !== "dumb";
  }
}

/** All of standard input as text; undefined where a person sits at it. */
export async function readInput(input: NodeJS.ReadStream | ReadStream = process.stdin): Promise<string | undefined> {
  if (input.isTTY === true) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
