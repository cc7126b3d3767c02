// A model of ours as a teacher: loaded once a task, its requests share forward passes. The same request gives the same reply on the
// same kind of machine.

import { loadModel, type Model } from "@lemma/engine";
import { LemmaError, type Message } from "@lemma/protocol";
import { type AskOptions, teacherName } from "./ask-options.ts";
import { type Reply, type Sampling, type Teacher, type TeacherName, UnusableReply } from "./teacher.ts";

export class EngineTeacher implements Teacher {
  readonly name: TeacherName;
  readonly #model: Model;

  private constructor(name: TeacherName, model: Model) {
    this.name = name;
    this.#model = model;
  }

  /** Loads the model. Throws as `loadModel` does. */
  static async open(options: AskOptions & { model: string }): Promise<EngineTeacher> {
    const model = await loadModel({ modelPath: options.model, maxQueue: Math.max(1024, options.concurrency) });
    return new EngineTeacher(teacherName(options), model);
  }

  async ask(messages: readonly Message[], sampling: Sampling): Promise<Reply> {
    try {
      const { choices } = await this.#model.generate([...messages], { ...sampling });
      const { text, reasoning, finishReason } = choices[0]!;
      return { text, reasoning, finishReason };
    } catch (error) {
      // A question that is too long is that row's own fault.
      if (LemmaError.isInstance(error) && ["LEMMA_E_CONTEXT", "LEMMA_E_MEMORY"].includes(error.code))
        throw new UnusableReply(error.message);
      throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#model.dispose();
  }
}
