// A judge of pairs in a process of its own: ours, or a peer from npm. A pair that takes longer than the limit ends the process; the next
// one is judged by a fresh one, whose start is not counted.

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { equivalent } from "@lemma/verify";
import { importOracle } from "../oracles/oracle.ts";

/** What came of a pair: equal, different, or undefined where nothing was said; and the milliseconds that it took. */
export interface Judged {
  equal: boolean | undefined;
  ms: number;
}

/** A started judge. */
export interface Judge extends Disposable {
  judge(pairs: readonly { a: string; b: string }[]): Promise<Judged[]>;
}

type Judging = (a: string, b: string) => boolean | undefined;

const JUDGES: Readonly<Record<string, () => Promise<Judging>>> = {
  lemma: async () => (a, b) => {
    const { verdict } = equivalent(a, b);
    return verdict === "unknown" ? undefined : verdict === "proved";
  },
  "nerdamer-prime": async () => {
    const { default: nerdamer } = await importOracle<{ default: Nerdamer }>("nerdamer-prime");
    return (a, b) => {
      try {
        return (
          nerdamer(`(${spelled(a)})-(${spelled(b)})`)
            .simplify()
            .toString() === "0"
        );
      } catch {
        return undefined;
      }
    };
  },
};

/** The part of nerdamer that is used here. */
type Nerdamer = (text: string) => { simplify(): { toString(): string } };

/** Roots and logarithms as nerdamer writes them. */
const spelled = (text: string): string =>
  text.replaceAll("\\sqrt[3]{", "cbrt(").replaceAll("}", ")").replaceAll("ln(", "log(");

/** Starts a judge; resolves when it is ready. */
export async function spawnJudge(name: string, limitMs: number): Promise<Judge> {
  let child = await start(name);
  return {
    async judge(pairs) {
      const judged: Judged[] = [];
      for (const pair of pairs) {
        const answer = await ask(child, pair, limitMs);
        if (answer === undefined) {
          child.kill("SIGKILL");
          child = await start(name);
        }
        judged.push(answer ?? { equal: undefined, ms: limitMs });
      }
      return judged;
    },
    [Symbol.dispose]() {
      child.kill("SIGKILL");
    },
  };
}

async function start(name: string): Promise<ChildProcess> {
  const child = fork(fileURLToPath(import.meta.url), [name], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.once("message", (message) => (message === "ready" ? resolve() : reject(new Error(`${name}: ${message}`))));
  child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
  await promise;
  child.removeAllListeners("exit");
  return child;
}

/** The answer to a pair, undefined where the limit was met or the process ended. */
function ask(child: ChildProcess, pair: { a: string; b: string }, limitMs: number): Promise<Judged | undefined> {
  const { promise, resolve } = Promise.withResolvers<Judged | undefined>();
  const timer = setTimeout(() => resolve(undefined), limitMs);
  child.once("exit", () => resolve(undefined));
  child.once("message", (message) => resolve(message as Judged));
  child.send(pair);
  return promise.finally(() => {
    clearTimeout(timer);
    child.removeAllListeners();
  });
}

async function serve(name: string): Promise<void> {
  try {
    const judging = await JUDGES[name]!();
    process.on("message", ({ a, b }: { a: string; b: string }) => {
      const started = performance.now();
      const equal = judging(a, b);
      process.send!({ equal, ms: performance.now() - started });
    });
    process.send!("ready");
  } catch (problem) {
    process.send!(problem instanceof Error ? problem.message : String(problem));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve(process.argv[2]!);
