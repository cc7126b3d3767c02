// How a program of each language is started inside the sandbox. Owns interpreters, their flags and the files that lie beside the
// program; must not know how the sandbox is built.

import { readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import type { CodeLimits } from "./limits.ts";
import { type CodeValue, valueText } from "./values.ts";

export type CodeLanguage = "javascript" | "typescript" | "python";

/** A function to call once the program is loaded, instead of running it as a program. */
export interface Call {
  readonly name: string;
  readonly arguments: readonly CodeValue[];
}

/** What the sandbox has to provide and start. */
export interface Launch {
  /** The interpreter on this machine; inside it has the same place under /usr/bin as its name says. */
  readonly interpreter: string;
  readonly arguments: readonly string[];
  /** Read-only files: absolute path inside, and content. */
  readonly files: Readonly<Record<string, string>>;
  /** Resource limits of setrlimit(2), in prlimit's words. */
  readonly limits: readonly string[];
}

/** V8 maps the range of its compiled code as writable from the start, 512 MiB on x64; only the compiler fills it. */
const CODE_RANGE = 512 * 2 ** 20;

const read = (name: string) => readFileSync(path.join(import.meta.dirname, name), "utf8");

/** The start of `code`, as a program or up to a call. */
export function launch(
  language: CodeLanguage,
  code: string,
  call: Call | undefined,
  { memoryBytes }: CodeLimits,
): Launch {
  const callFile = { "/work/call.json": valueText(call === undefined ? null : { ...call }) };
  if (language === "python")
    return {
      interpreter: "/usr/bin/python3",
      arguments: ["-I", "-B", "-X", "utf8", "/work/harness.py"],
      files: { "/work/harness.py": read("harness.py"), "/work/program.py": code, ...callFile },
      limits: [`--as=${memoryBytes}`],
    };
  const program = `/work/program.${language === "typescript" ? "ts" : "js"}`;
  const name = call?.name;
  const handOver =
    name === undefined
      ? ""
      : `\n;globalThis[Symbol.for("lemma.call")](typeof ${name} === "undefined" ? undefined : ${name});\n`;
  return {
    interpreter: realpathSync(process.execPath),
    arguments: ["--disable-sigusr1", "--import=/work/harness.mjs", program],
    files: { "/work/harness.mjs": read("harness.mjs"), [program]: code + handOver, ...callFile },
    // V8 reserves far more addresses than it uses, so addresses can't be limited; what it may write to can.
    limits: [`--data=${memoryBytes + CODE_RANGE}`],
  };
}
