// The Python process that holds weights and optimiser: one JSON command a line in, one JSON answer a line out. Owns the process and the
// pairing of commands and answers. Its commands and the files it reads are described in trainer/lemma_trainer/rl.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { LemmaError } from "@lemma/protocol";
import type { Python } from "../run/python.ts";
import { TRAINER_FOLDER } from "../run/rank-process.ts";

/** Its first line. `driver` is what the newest checkpoint keeps for this side; null at the stage's beginning. */
export interface ServerStart {
  event: "start";
  stage: number;
  step: number;
  lastStep: number;
  ranks: number;
  parameters: number;
  kernels: string;
  device: string;
  driver: unknown;
}

/** The answer to an update. `kl` is |Δ log p| between trainer and engine over the sampled tokens, before the step. */
export interface UpdateAnswer {
  event: "update";
  step: number;
  loss: number;
  gradNorm: number;
  learningRate: number;
  tokens: number;
  lossTokens: number;
  clipShare: number;
  entropy: number;
  kl: { mean: number; max: number };
  weightMax: number;
  klReference?: number;
  dropped: { equalGroups: number; truncated: number };
  seconds: number;
}

type Answer = { event: string } & Record<string, unknown>;

export interface UpdateServerOptions {
  python: Python;
  /** config.json of the run, and the number of the stage in it. */
  config: string;
  stage: number;
  ranks: number;
  onWarning?: (message: string) => void;
}

/** A running update server. `await using` ends it, at once if nothing else did. */
export class UpdateServer implements AsyncDisposable {
  readonly start: ServerStart;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: Lines;

  private constructor(child: ChildProcessWithoutNullStreams, lines: Lines, start: ServerStart) {
    this.#child = child;
    this.#lines = lines;
    this.start = start;
  }

  /** @throws LEMMA_E_TRAINING with Python's last words */
  static async open(options: UpdateServerOptions): Promise<UpdateServer> {
    const { python, ranks, config, stage } = options;
    const child = spawn(python.path, ["-m", "lemma_trainer.launch", String(ranks), config, "--stage", String(stage)], {
      cwd: TRAINER_FOLDER,
      env: { ...process.env, PYTHONUNBUFFERED: "1", PYTHONDONTWRITEBYTECODE: "1" },
      stdio: ["pipe", "pipe", "pipe"],
      detached: true, // Ctrl-C reaches us; the end of its input stops it
    });
    const lines = new Lines(child, stage, options.onWarning);
    try {
      return new UpdateServer(child, lines, (await lines.next("start")) as unknown as ServerStart);
    } catch (error) {
      if (child.exitCode === null) child.kill("SIGTERM");
      throw error;
    }
  }

  /** Writes the current weights as safetensors. */
  async weights(path: string): Promise<void> {
    await this.#ask("weights", { path });
  }

  /** One optimiser step on a batch folder. @throws LEMMA_E_TRAINING where Python refuses to go on (a mean KL above maxMeanKl) */
  async update(batch: string): Promise<UpdateAnswer> {
    return (await this.#ask("update", { batch })) as unknown as UpdateAnswer;
  }

  /** Log-probabilities of the sampled tokens under the current weights, as float32 .npy. */
  async score(batch: string, path: string): Promise<void> {
    await this.#ask("score", { batch, path });
  }

  async checkpoint(driver: unknown): Promise<void> {
    await this.#ask("checkpoint", { driver });
  }

  /** Writes the last checkpoint and the stage's mark, and waits for the process to end. */
  async end(driver: unknown): Promise<void> {
    await this.#ask("end", { driver }, "done");
    this.#child.stdin.end();
    await this.#lines.ended;
  }

  /** Asks a server that is still there to stop, and gives it a while. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.stdin.end();
    const force = setTimeout(() => this.#child.kill("SIGTERM"), 20_000);
    await this.#lines.ended;
    clearTimeout(force);
  }

  async #ask(command: string, fields: object, answer: string = command): Promise<Answer> {
    this.#child.stdin.write(`${JSON.stringify({ command, ...fields })}\n`);
    return this.#lines.next(answer);
  }
}

/** What the process says, as answers to who waits; its end is the answer to whoever still waits. */
class Lines {
  readonly ended: Promise<unknown>;
  readonly #stage: number;
  readonly #arrived: Answer[] = [];
  #waiting: ((answer: Answer | undefined) => void) | undefined;
  #fault = "";
  #lastWords = "";
  #code: number | string | undefined;

  constructor(child: ChildProcessWithoutNullStreams, stage: number, onWarning?: (message: string) => void) {
    this.#stage = stage;
    child.stdin.on("error", () => {}); // its end says why
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-4000);
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const answer = parse(line);
      if (answer === undefined) return;
      if (answer.event === "error" && answer.command === undefined) this.#fault ||= String(answer.message);
      if (answer.event === "warning") onWarning?.(String(answer.message));
      else if (this.#waiting) this.#waiting(answer);
      else this.#arrived.push(answer);
    });
    child.on("error", (error) => {
      this.#fault ||= error.message;
    });
    this.ended = once(child, "close").then(([code, signal]: unknown[]) => {
      this.#code = (code ?? signal ?? "unknown") as number | string;
      this.#waiting?.(undefined);
    });
  }

  /** The next answer, which must be of this kind; checkpoints that nobody asked for are passed over. */
  async next(event: string): Promise<Answer> {
    for (;;) {
      const answer = this.#arrived.shift() ?? (await this.#wait());
      if (answer?.event === event) return answer;
      if (answer?.event === "error" && answer.command !== undefined) throw this.#refusal(answer);
      if (answer === undefined || answer.event === "error") throw this.#failure();
      if (answer.event === "stopped") throw this.#failure("it was stopped by a signal");
    }
  }

  #wait(): Promise<Answer | undefined> {
    if (this.#code !== undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#waiting = (answer) => {
        this.#waiting = undefined;
        resolve(answer);
      };
    });
  }

  /** A command that can't be done as asked: the process goes on serving. */
  #refusal({ command, message }: Answer): LemmaError {
    const problem = `stage ${this.#stage}: the trainer refused the command ${String(command)}: ${String(message)}`;
    return new LemmaError("LEMMA_E_TRAINING", { problem });
  }

  #failure(why = ""): LemmaError {
    const words = this.#lastWords.trim().split("\n").slice(-3).join(" | ");
    const problem = `stage ${this.#stage} ended${this.#code === undefined ? "" : ` with ${this.#code}`}: ${this.#fault || why || words || "without a word"}`;
    return new LemmaError("LEMMA_E_TRAINING", { problem });
  }
}

function parse(line: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "event" in value ? (value as Answer) : undefined;
  } catch {
    return undefined;
  }
}
