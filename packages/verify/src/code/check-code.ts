// Judges a program by tests: each test is a run of its own in the sandbox, and what came out is compared here, outside. Owns the
// verdicts. What is expected never enters the sandbox, so a program can't pass a test by what it says of itself.

import { availableParallelism } from "node:os";
import { LemmaError, type Verdict } from "@lemma/protocol";
import { proved, refuted, unknown } from "../verdict.ts";
import { type CodeLanguage, launch } from "./interpreters.ts";
import { type CodeLimits, limitsOf } from "./limits.ts";
import { type Outcome, runSandboxed, type Stopped } from "./sandbox.ts";
import { Slots } from "./slots.ts";
import { type CodeValue, DEEPEST, equalValues, readValue, valueText } from "./values.ts";

/**
 * One test. A program test gives `input` on standard input and compares standard output as text (line ends, spaces at line ends and
 * empty lines around don't matter). A call test calls the function `call` and compares the value that it returns, as JSON;
 * `tolerance` allows numbers to differ, absolutely or relative to the expected one.
 */
export type CodeTest =
  | { readonly input?: string; readonly output: string }
  | {
      readonly call: string;
      readonly arguments: readonly CodeValue[];
      readonly returns: CodeValue;
      readonly tolerance?: number;
    };

/** A program and its tests. */
export interface CodeRequest {
  readonly language: CodeLanguage;
  readonly code: string;
  readonly tests: readonly CodeTest[];
  readonly limits?: Partial<CodeLimits>;
  readonly signal?: AbortSignal;
}

/** The verdict of one test; `stopped` names the limit behind an `unknown`/`budget`. */
export type CodeTestVerdict = Verdict & { index: number; stopped?: Stopped };

/** The verdict on the program (proved: every test passed; refuted: with the witness of the first that failed), and that of each test. */
export type CodeCheck = Verdict & { tests: CodeTestVerdict[] };

const LANGUAGES: readonly string[] = ["javascript", "typescript", "python"] satisfies CodeLanguage[];

/** As many programs run at a time as there are processors; the others wait. */
const slots = new Slots(availableParallelism());

/**
 * Runs a program against tests, each in a sandbox of its own: no network, nothing to write to, limited time, memory and output.
 * Throws LEMMA_E_SANDBOX where the sandbox can't be had (nothing is ever run outside of it), LEMMA_E_OPTION for a request that is
 * none, LEMMA_E_ABORTED where `signal` ends it.
 * @example
 * await checkCode({
 *   language: "python",
 *   code: "def double(n):\n    return 2 * n",
 *   tests: [{ call: "double", arguments: [21], returns: 42 }],
 * }); // { verdict: "proved", method: "execution", tests: [{ index: 0, verdict: "proved", method: "execution" }] }
 */
export async function checkCode(request: CodeRequest): Promise<CodeCheck> {
  const { language, code, tests, signal } = request;
  validate(request);
  const limits = limitsOf(request.limits);
  const verdicts = await Promise.all(
    tests.map(async (test, index): Promise<CodeTestVerdict> => {
      const call = "call" in test ? { name: test.call, arguments: test.arguments } : undefined;
      const input = "call" in test ? "" : (test.input ?? "");
      const outcome = await slots.run((slot) =>
        runSandboxed(launch(language, code, call, limits), input, limits, slot, signal),
      );
      return { index, ...judge(test, outcome) };
    }),
  );
  const failed = verdicts.find(({ verdict }) => verdict === "refuted");
  const open = verdicts.find(({ verdict }) => verdict === "unknown");
  const { index, stopped: _, ...decisive } = failed ?? open ?? verdicts[0]!;
  if (decisive.verdict !== "refuted") return { ...decisive, tests: verdicts };
  return { ...decisive, witness: { test: String(index), ...decisive.witness }, tests: verdicts };
}

function validate({ language, code, tests }: CodeRequest): void {
  const problem = (option: string, expected: string, found: unknown) =>
    new LemmaError("LEMMA_E_OPTION", { option, expected, found: String(found) });
  if (!LANGUAGES.includes(language)) throw problem("language", LANGUAGES.join(", "), language);
  if (typeof code !== "string") throw problem("code", "the text of a program", typeof code);
  if (!Array.isArray(tests) || tests.length === 0) throw problem("tests", "at least one test", "none");
  tests.forEach((test, i) => {
    if ("call" in test) {
      // The name becomes a part of the program.
      if (typeof test.call !== "string" || !/^[A-Za-z_]\w*$/.test(test.call))
        throw problem(`tests[${i}].call`, "the name of a function", test.call);
      if (!Array.isArray(test.arguments)) throw problem(`tests[${i}].arguments`, "a list", typeof test.arguments);
      if (test.returns === undefined) throw problem(`tests[${i}].returns`, "a JSON value", "undefined");
    } else if (typeof test.output !== "string")
      throw problem(`tests[${i}].output`, "the expected text, or `call` and `returns`", typeof test.output);
  });
}

type Judged = Verdict & { stopped?: Stopped };

function judge(test: CodeTest, outcome: Outcome): Judged {
  const { status, errors, channel } = outcome;
  const isReady = channel.startsWith("ready\n");
  if (outcome.stopped === undefined && (status === undefined || !isReady)) {
    const said = isReady ? undefined : errors.trim().split("\n")[0];
    const ended = isReady ? "the sandbox was ended from outside" : "the interpreter did not start";
    throw new LemmaError("LEMMA_E_SANDBOX", { problem: said || ended });
  }
  const stopped = outcome.stopped ?? limitReached(outcome);
  if (stopped !== undefined) return { ...unknown("budget"), stopped };
  const asked =
    "call" in test
      ? {
          call: clip(`${test.call}(${test.arguments.map(valueText).join(", ")})`),
          expected: clip(valueText(test.returns)),
        }
      : { ...(test.input === undefined ? {} : { input: clip(test.input) }), expected: clip(plain(test.output)) };
  const fails = (error: string) => refuted({ ...asked, error: clip(error) });
  if (errors.includes("ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX")) return unknown("unsupported");
  if ("call" in test) {
    const [record, ...more] = channel.slice("ready\n".length).split("\n");
    if (record === "") return fails(lastError(outcome) ?? "the program ended before the call");
    if (more.length !== 1 || more[0] !== "") return fails("the result was tampered with");
    const [, kind, json] = /^(value|error) (.*)$/.exec(record!) ?? [];
    const found = json === undefined ? undefined : readValue(json);
    if (found === undefined) return fails(`the result is no JSON, or nested deeper than ${DEEPEST}`);
    if (kind === "error") return fails(Array.isArray(found) ? found.map(String).join(": ") : "unreadable");
    return equalValues(found, test.returns, test.tolerance)
      ? proved("execution")
      : refuted({ ...asked, found: clip(valueText(found)) });
  }
  if (status !== 0) return fails(lastError(outcome) ?? `exit status ${status}`);
  const found = plain(outcome.output);
  return found === plain(test.output) ? proved("execution") : refuted({ ...asked, found: clip(found) });
}

/** Signals and errors by which the limits inside the sandbox show themselves. */
function limitReached({ status, errors, channel }: Outcome): Stopped | undefined {
  const signal = (status ?? 0) - 128;
  if (signal === 24 || signal === 9) return "cpu"; // SIGXCPU at the soft limit, SIGKILL at the hard one
  if (signal === 5 || signal === 6) return "memory"; // V8 ends itself by SIGTRAP or SIGABRT where it gets no memory
  const said = channel.includes("\nerror ") ? channel : status === 0 ? "" : errors.slice(-2000);
  return /\bMemoryError\b|Array buffer allocation failed|Failed to allocate memory/.test(said) ? "memory" : undefined;
}

/** The line of standard error that names the error: the last one in Python, the first `Name: message` in Node. */
function lastError({ errors }: Outcome): string | undefined {
  const lines = errors
    .split("\n")
    .filter((line) => /^(?:Uncaught )?\w*(?:Error|Exception|Interrupt|Exit)\b/.test(line));
  return lines.at(-1) ?? (errors.trim().split("\n").at(-1)!.trim() || undefined);
}

const clip = (text: string): string => (text.length <= 400 ? text : `${text.slice(0, 400)}…`);

/** As the kind `text` of grade(): what an eye doesn't see doesn't count. */
const plain = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
