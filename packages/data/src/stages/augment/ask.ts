// The phase of augmentation that asks a model. Owns how documents are cut into tasks, what is asked for a document, what is written of
// the replies and with which provenance; solve.ts and paraphrase.ts judge them.

import { Random } from "@lemma/gym";
import type { Message } from "@lemma/protocol";
import { attemptSeed } from "@lemma/verify";
import type { DataDocument, Json } from "../../documents/document.ts";
import { encodeRecords, FILE_TEXT, readDocuments } from "../../documents/document-file.ts";
import type { StageCounts, StagePlan, TaskContext } from "../../pipeline/stage.ts";
import { type AskKind, type AskOptions, teacherName } from "./ask-options.ts";
import { documentWith, newDocument } from "./new-document.ts";
import { PARAPHRASE_PROMPTS, paraphraseOf, paraphraseRequest, wordingOf } from "./paraphrase.ts";
import { type Posed, posedBy } from "./posed.ts";
import { plainTurn, SOLVE_PROMPT, solutionFault, solveRequest, turnOf } from "./solve.ts";
import { openTeacher, RecordedTeacher, type Reply, type Sampling, UnusableReply } from "./teacher.ts";

type Options = AskOptions & { seed: number };

/** A task's documents: those of one file from one number to another. */
interface Slice {
  path: string;
  from: number;
  to: number;
}

/** The tasks: none where no model is named. */
export function askTasks({ inputs, options }: Pick<StagePlan<Options>, "inputs" | "options">): Slice[] {
  if (options.model === undefined) return [];
  return inputs.flatMap(({ path, documents }) =>
    Array.from({ length: Math.ceil(documents / options.documentsPerTask) }, (_, i) => {
      const from = i * options.documentsPerTask;
      return { path, from, to: Math.min(documents, from + options.documentsPerTask) };
    }),
  );
}

/** What came of one document. */
interface Found {
  made: DataDocument[];
  rejected: DataDocument[];
  counts: Record<string, number>;
}

/** Asks for the documents of a task; what passes goes on, what doesn't is written aside (`rejected`) with the rule. */
export async function askTeacher(context: TaskContext<Options>): Promise<StageCounts> {
  const { plan, task, putDocuments, put, progress } = context;
  const { options } = plan;
  const { path, from, to } = askTasks(plan)[task]!;
  const documents = readDocuments(path).slice(from, to);
  await using teacher = new RecordedTeacher(
    teacherName(options),
    () => openTeacher(options),
    context,
    options.concurrency,
  );
  let done = 0;
  const found = await inWindow(documents, options.concurrency, async (document): Promise<Found> => {
    const one = await new Asking(document, options, teacher).all();
    progress(++done);
    return one;
  });
  teacher.checkAnyUsable();
  const counts: Record<string, number> = { asked: 0, replies: 0, augmented: 0, rejected: 0 };
  for (const one of found)
    for (const [name, count] of Object.entries(one.counts)) counts[name] = (counts[name] ?? 0) + count;
  let held: DataDocument[] = [];
  let size = 0;
  const flush = (): void => {
    if (held.length > 0) putDocuments("documents", held);
    held = [];
    size = 0;
  };
  for (const { made } of found)
    for (const document of made) {
      held.push(document);
      size += document.text.length;
      if (size >= FILE_TEXT) flush();
    }
  flush();
  const rejected = found.flatMap((one) => one.rejected);
  if (rejected.length > 0) put("rejected", "rejected.jsonl.zst", encodeRecords(rejected), rejected.length);
  return counts;
}

/** Works on all, some at a time; results in the order of what was given. After an error nothing new is begun. */
async function inWindow<T, R>(all: readonly T[], width: number, work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let failure: { error: unknown } | undefined;
  const walk = async (): Promise<void> => {
    while (failure === undefined && next < all.length) {
      const at = next++;
      try {
        results[at] = await work(all[at]!);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, all.length) }, walk));
  if (failure !== undefined) throw failure.error;
  return results;
}

/** What is asked for one document. */
class Asking {
  readonly #document: DataDocument;
  readonly #options: Options;
  readonly #teacher: RecordedTeacher;
  readonly #found: Found = { made: [], rejected: [], counts: {} };

  constructor(document: DataDocument, options: Options, teacher: RecordedTeacher) {
    this.#document = document;
    this.#options = options;
    this.#teacher = teacher;
  }

  async all(): Promise<Found> {
    const posed = posedBy(this.#document);
    if (typeof posed === "string") {
      this.#count(`not_asked_${posed}`);
      return this.#found;
    }
    this.#count("asked");
    for (const kind of this.#options.modelKinds) {
      if (kind === "solve") await this.#solve(posed);
      else await this.#paraphrase(posed);
    }
    return this.#found;
  }

  async #solve(posed: Posed): Promise<void> {
    const { samples, keep, leastPassRate, mostPassRate } = this.#options;
    const replies = await this.#replies("solve", this.#solveRequest(posed.question));
    const seen = new Set(posed.reply === undefined ? [] : [plainTurn(posed.reply)]);
    const passed: (readonly [Reply, number])[] = [];
    let right = 0;
    for (const [reply, attempt] of replies) {
      const rule = solutionFault(posed, reply, seen);
      if (rule === undefined || rule === "duplicate") right++;
      if (rule === undefined) passed.push([reply, attempt]);
      else this.#reject("solve", rule, attempt, posed.question, turnOf(reply));
    }
    const rate = right / samples;
    const isInRange = rate >= leastPassRate && rate <= mostPassRate;
    for (const [i, [reply, attempt]] of passed.entries()) {
      if (!isInRange || i >= keep) {
        this.#count(isInRange ? "surplus_solve" : "pass_rate_solve");
        continue;
      }
      this.#write(
        "solve",
        attempt,
        posed,
        { question: posed.question, reply: turnOf(reply) },
        { passed: right, samples },
      );
    }
  }

  async #paraphrase(posed: Posed): Promise<void> {
    const prompt = this.#options.paraphrasePrompt ?? PARAPHRASE_PROMPTS[posed.language];
    const replies = await this.#replies("paraphrase", paraphraseRequest(posed.question, prompt));
    const seen = new Set<string>();
    for (const [reply, attempt] of replies) {
      const wording = wordingOf(reply);
      const made = seen.has(wording)
        ? "duplicate"
        : await paraphraseOf(posed, reply, async (question, n) => {
            const [answer] = await this.#replies("solve", this.#solveRequest(question), n, n);
            return answer?.[0];
          });
      if (typeof made !== "object") {
        this.#reject("paraphrase", String(made), attempt, wording);
        continue;
      }
      seen.add(wording);
      if (seen.size > this.#options.keep) this.#count("surplus_paraphrase");
      else this.#write("paraphrase", attempt, posed, made, { proof: made.proof });
    }
  }

  #solveRequest(question: string): Message[] {
    const { solvePrompt, endpoint } = this.#options;
    return solveRequest(question, solvePrompt ?? (endpoint === undefined ? "" : SOLVE_PROMPT));
  }

  /** Replies that can be used, with the number of their attempt. */
  async #replies(
    kind: AskKind,
    messages: Message[],
    first = 1,
    last = this.#options.samples,
  ): Promise<[Reply, number][]> {
    const asked = Array.from({ length: last - first + 1 }, (_, i) =>
      this.#teacher.ask(messages, this.#sampling(kind, first + i)),
    );
    const settled = await Promise.allSettled(asked); // those that run come to their end, and are recorded
    return settled.flatMap((one, i): [Reply, number][] => {
      if (one.status === "fulfilled") {
        this.#count("replies");
        return [[one.value, first + i]];
      }
      if (!(one.reason instanceof UnusableReply)) throw one.reason;
      this.#reject(kind, "unusable", first + i, messages.at(-1)!.content, undefined, one.reason.message);
      return [];
    });
  }

  /** A seed for each document, kind and attempt. */
  #sampling(kind: AskKind, attempt: number): Sampling {
    const { temperature, topP, maxTokens, seed } = this.#options;
    const own = Random.fromSeed(seed).split("model").split(kind).split(this.#document.id).uint32();
    return { temperature, topP, maxTokens, seed: attemptSeed(own, attempt) % 2 ** 31 };
  }

  #provenance(kind: AskKind, attempt: number): { kind: AskKind } & { [field: string]: Json } {
    const { seed: sampleSeed, ...sampling } = this.#sampling(kind, attempt);
    return { kind, seed: this.#options.seed, ...this.#teacher.name, ...sampling, sampleSeed, attempt };
  }

  #write(
    kind: AskKind,
    attempt: number,
    { language, row }: Posed,
    { question, reply, row: read = row }: { question: string; reply: Message; row?: Posed["row"] },
    more: { [field: string]: Json },
  ): void {
    const provenance = { ...this.#provenance(kind, attempt), ...more };
    const made =
      read === undefined
        ? documentWith(
            this.#document,
            [{ role: "user", content: question }, reply],
            language,
            this.#document.fields ?? {},
            provenance,
          )
        : newDocument(this.#document, { row: { ...read, question, reply } }, provenance);
    this.#found.made.push(made);
    this.#count("augmented");
    this.#count(`made_${kind}`);
  }

  #reject(kind: AskKind, rule: string, attempt: number, question: string, reply?: Message, problem?: string): void {
    const turns: Message[] = [{ role: "user", content: question }, ...(reply === undefined ? [] : [reply])];
    const provenance = { ...this.#provenance(kind, attempt), rule, ...(problem === undefined ? {} : { problem }) };
    this.#found.rejected.push(documentWith(this.#document, turns, this.#document.language ?? "", {}, provenance));
    this.#count("rejected");
    this.#count(`rejected_${kind}_${rule}`);
  }

  #count(name: string): void {
    this.#found.counts[name] = (this.#found.counts[name] ?? 0) + 1;
  }
}
