// One participant in a process of its own: `spawnParticipant` starts it and asks it for timed runs. Idle participants
// take no time from the running one; memory and threads are never shared.

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PARTICIPANTS, type ParticipantSettings } from "./participants.ts";

interface Job {
  prompts: number[][];
  count: number;
}

type Reply = { ms: number } | { error: string };

/** A started participant. `run` gives the milliseconds that a job took. */
export interface RunningParticipant extends Disposable {
  run(prompts: readonly Uint32Array[], count: number): Promise<number>;
}

/** Starts a participant; resolves when its model is loaded. */
export async function spawnParticipant(name: string, settings: ParticipantSettings): Promise<RunningParticipant> {
  const child = fork(fileURLToPath(import.meta.url), [name, JSON.stringify(settings)], {
    // llama.cpp reports every load at length; what goes wrong comes as a message, or as the exit code.
    stdio: ["ignore", "ignore", name === "lemma" ? "inherit" : "ignore", "ipc"],
  });
  await reply(child, name);
  return {
    run(prompts, count) {
      const job: Job = { prompts: prompts.map((prompt) => [...prompt]), count };
      child.send(job);
      return reply(child, name);
    },
    [Symbol.dispose]() {
      child.kill("SIGKILL");
    },
  };
}

function reply(child: ChildProcess, name: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const ended = (code: number | null): void => reject(new Error(`${name} ended with ${code}`));
  child.once("exit", ended);
  child.once("message", (message: Reply) => {
    child.off("exit", ended);
    if ("error" in message) reject(new Error(`${name}: ${message.error}`));
    else resolve(message.ms);
  });
  return promise;
}

async function serve(name: string, settings: ParticipantSettings): Promise<void> {
  const send = (message: Reply): void => void process.send!(message);
  try {
    const generate = await PARTICIPANTS[name]!(settings);
    process.on("message", async ({ prompts, count }: Job) => {
      const arrays = prompts.map((prompt) => Uint32Array.from(prompt));
      const started = performance.now();
      try {
        await generate(arrays, count);
        send({ ms: performance.now() - started });
      } catch (error) {
        send({ error: String(error) });
      }
    });
    send({ ms: 0 });
  } catch (error) {
    send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await serve(process.argv[2]!, JSON.parse(process.argv[3]!) as ParticipantSettings);
}
