// A model that augmentation asks: ours, or one behind an OpenAI-compatible endpoint. Owns the interface, the names under which replies
// are recorded, and that no recorded reply is asked for again; the two kinds of models are engine-teacher.ts and endpoint-teacher.ts.

import { LemmaError, type Message } from "@lemma/protocol";
import { sha256Of } from "../../digest.ts";
import type { TaskContext } from "../../pipeline/stage.ts";
import type { AskOptions } from "./ask-options.ts";

/** How one reply is drawn. */
export interface Sampling {
  temperature: number;
  topP: number;
  maxTokens: number;
  seed: number;
}

/** One reply. */
export interface Reply {
  text: string;
  reasoning: string;
  /** `stop` where the model ended it; anything else means that something is missing. */
  finishReason: string;
}

/** What a model is called in provenance and in the names of recorded replies: nothing of it is secret or a place on this machine. */
export type TeacherName = { model: string; endpoint: string } | { model: string; modelDigest: string };

/** A request that got no reply that can be used; the stage goes on without it. */
export class UnusableReply extends Error {}

/** A model to ask. Throws UnusableReply for this request's own faults, LemmaError where asking on makes no sense. */
export interface Teacher extends AsyncDisposable {
  readonly name: TeacherName;
  ask(messages: readonly Message[], sampling: Sampling): Promise<Reply>;
}

/** Opens the model that the options name. */
export async function openTeacher(options: AskOptions): Promise<Teacher> {
  if (options.endpoint !== undefined) {
    const { EndpointTeacher } = await import("./endpoint-teacher.ts");
    return new EndpointTeacher(options as AskOptions & { endpoint: string; model: string });
  }
  const { EngineTeacher } = await import("./engine-teacher.ts");
  return EngineTeacher.open(options as AskOptions & { model: string });
}

/**
 * Asks a teacher, at most `concurrency` requests at a time, and records each reply before anybody sees it. A request is known by the
 * model's name, the messages and the sampling: where its reply is recorded, nothing is asked. After a LemmaError no new request begins.
 */
export class RecordedTeacher implements AsyncDisposable {
  readonly name: TeacherName;
  readonly #open: () => Promise<Teacher>;
  readonly #context: Pick<TaskContext<unknown>, "recorded" | "record">;
  readonly #room: Room;
  readonly #running = new Map<string, Promise<Reply>>();
  #teacher: Promise<Teacher> | undefined;
  #end: unknown;
  #problem = "";
  /** Requests that were sent, and replies that had been recorded before. */
  readonly counts = { asked: 0, recorded: 0, unusable: 0 };

  /** The teacher is opened with the first request that must be sent. */
  constructor(
    name: TeacherName,
    open: () => Promise<Teacher>,
    context: Pick<TaskContext<unknown>, "recorded" | "record">,
    concurrency: number,
  ) {
    this.name = name;
    this.#open = open;
    this.#context = context;
    this.#room = new Room(concurrency);
  }

  /** The reply. @throws UnusableReply, LemmaError */
  ask(messages: readonly Message[], sampling: Sampling): Promise<Reply> {
    const key = sha256Of(JSON.stringify([this.name, messages, sampling]));
    const running = this.#running.get(key) ?? this.#ask(key, messages, sampling);
    this.#running.set(key, running);
    return running;
  }

  async #ask(key: string, messages: readonly Message[], sampling: Sampling): Promise<Reply> {
    const known = this.#context.recorded(key);
    if (known !== undefined) {
      this.counts.recorded++;
      return (JSON.parse(known) as { reply: Reply }).reply;
    }
    return this.#room.run(async () => {
      if (this.#end !== undefined) throw this.#end;
      this.counts.asked++;
      try {
        this.#teacher ??= this.#open();
        const reply = await (await this.#teacher).ask(messages, sampling);
        const text = JSON.stringify({ model: this.name, messages, sampling, reply });
        return (JSON.parse(this.#context.record(key, text)) as { reply: Reply }).reply;
      } catch (error) {
        if (error instanceof UnusableReply) {
          this.counts.unusable++;
          this.#problem = error.message;
        } else this.#end ??= error;
        throw error;
      }
    });
  }

  /** Throws where nothing that was asked gave a reply that can be used: then the fault is not that of single rows. */
  checkAnyUsable(): void {
    const { asked, recorded, unusable } = this.counts;
    if (unusable < LEAST_UNUSABLE || unusable < asked || recorded > 0) return;
    throw new LemmaError("LEMMA_E_CONNECTION", {
      url: "endpoint" in this.name ? this.name.endpoint : this.name.model,
      problem: `none of ${asked} requests got a reply that can be used; the last: ${this.#problem}`,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#running.values());
    await (await this.#teacher?.catch(() => undefined))?.[Symbol.asyncDispose]();
  }
}

/** Fewer unusable replies say nothing about the model. */
const LEAST_UNUSABLE = 8;

/** Lets a number of things happen at a time; the others wait in their order. */
class Room {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(size: number) {
    this.#free = size;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
