// `lemma doctor`: the checks that set-up makes, or those of a person's tokenizer, printed. Owns only their printing;
// scripts/checks.mjs and tokenizer-check.ts own the checks.

import { fileURLToPath, pathToFileURL } from "node:url";
import type { Command } from "../command.ts";
import { SUMMARIES } from "../summaries.ts";
import type { Terminal } from "../terminal.ts";

interface Check {
  name: string;
  needed: "always" | "training" | "tests";
  run(): { ok: boolean; found: string; fix?: string };
}

export const doctor: Command = {
  name: "doctor",
  summary: SUMMARIES.doctor,
  about:
    "Runs the same checks as `npm run setup`: Node, compiler, CPU, built engine, PyTorch and so on. What only training or\n" +
    "the tests need may be missing. Exit code 1 if something that is always needed is missing.\n\n" +
    "With --tokenizer, checks the tokenizer.json and the .gguf files of a folder instead: whether Lemma reads them, whether they\n" +
    "agree with each other, and with @huggingface/tokenizers and node-llama-cpp where these are installed, on 2,000 hard texts.\n" +
    "Exit code 1 if a file can't be read or the ids of a text differ.",
  flags: {
    tokenizer: { help: "check the tokenizers of this folder, not the machine", value: "DIR" },
    json: { help: "one JSON object a check" },
  },
  examples: [
    { line: "lemma doctor", shows: "✓ Node.js  24.21.0" },
    { line: "lemma doctor --tokenizer ./my-model", shows: "✓ tokenizer.json: 151,665 tokens" },
  ],
  async run({ flags, terminal }) {
    const folder = flags.text("tokenizer");
    if (folder !== undefined) return checkFolder(folder, terminal, flags.on("json"));
    const scripts = fileURLToPath(new URL("../../../../scripts/checks.mjs", import.meta.url));
    const { checks } = (await import(pathToFileURL(scripts).href)) as { checks: Check[] };
    let missing = false;
    for (const { name, needed, run } of checks) {
      const { ok, found, fix } = run();
      if (!ok && needed === "always") missing = true;
      if (flags.on("json")) terminal.json({ name, needed, ok, found, ...(fix === undefined ? {} : { fix }) });
      else {
        const mark = ok ? terminal.style("green", "✓") : terminal.style(needed === "always" ? "red" : "yellow", "✗");
        const why = needed === "always" ? "" : ` (needed for ${needed})`;
        terminal.line(`${mark} ${name.padEnd(22)} ${found}${ok ? "" : why}`);
        if (!ok && fix !== undefined) terminal.line(`  → ${fix}`);
      }
    }
    return missing ? 1 : 0;
  },
};

const EXAMPLES = 3; // differing texts that are shown
const IDS = 12; // and of each, ids around the first difference

/** Prints the findings on a folder's tokenizers; the exit code. */
async function checkFolder(folder: string, terminal: Terminal, json: boolean): Promise<number> {
  const { checkTokenizers } = await import("../tokenizer-check.ts"); // needs the engine, which may not be built
  const oracles = fileURLToPath(new URL("../../../../oracles", import.meta.url));
  let isWrong = false;
  for await (const { file, peer, ok, found, differences } of checkTokenizers(folder, [
    folder,
    process.cwd(),
    oracles,
  ])) {
    isWrong ||= !ok;
    const shown = differences.slice(0, EXAMPLES);
    if (json) {
      terminal.json({ file, ...(peer === undefined ? {} : { peer }), ok, found, differences: shown });
      continue;
    }
    const mark = ok ? terminal.style("green", "✓") : terminal.style("red", "✗");
    terminal.line(`${mark} ${peer === undefined ? file : `${file} and ${peer}`}: ${found}`);
    for (const { text, ours, theirs } of shown) {
      const at = ours.findIndex((id, i) => id !== theirs[i]);
      const start = Math.max(0, (at < 0 ? ours.length : at) - 2);
      const part = (ids: number[]): string => ids.slice(start, start + IDS).join(" ");
      terminal.line(`    ${JSON.stringify(text)}`);
      terminal.line(`      from token ${start}: Lemma ${part(ours)}, the other ${part(theirs)}`);
    }
  }
  return isWrong ? 1 : 0;
}
