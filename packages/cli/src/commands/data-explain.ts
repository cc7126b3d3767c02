// `lemma data explain`: the life of a document or training example through a run's stages.

import {
  type DocumentLife,
  explainDocument,
  type HistoryEntry,
  type LifeStep,
  type TrainingExample,
} from "@lemma/data";
import type { Command } from "../command.ts";
import { UsageError } from "../flags.ts";
import type { Terminal } from "../terminal.ts";

export const dataExplain: Command = {
  name: "data explain",
  summary: "Follow a document or a training example through a run",
  arguments: "ID",
  positionals: 1,
  about:
    "Shows where a document came from, what each stage did to it, and where it was dropped (with the rule and the value) or in which\n" +
    "token shard it stands. ID is a document's id, the beginning of one, or SHARD:NUMBER of a training example (00002:17).",
  flags: {
    run: { help: "the run's folder", value: "FOLDER" },
    json: { help: "print it as JSON" },
  },
  examples: [
    { line: "lemma data explain 3f2a9c1e --run run", shows: "its stages, and the rule that dropped it" },
    { line: "lemma data explain 00002:17 --run run", shows: "the document behind example 17 of shard 00002" },
  ],
  async run({ flags, positionals, terminal }) {
    const [id] = positionals;
    const run = flags.text("run");
    if (id === undefined) throw new UsageError("an id is needed");
    if (run === undefined) throw new UsageError("--run is needed: the run's folder");
    const life = await explainDocument(run, id);
    if (flags.on("json")) terminal.json(life);
    else print(terminal, life);
    return 0;
  },
};

function print(terminal: Terminal, { id, source, text, steps, examples, asked }: DocumentLife): void {
  const { path, index, format, page, start, end } = source;
  const places = [
    `document ${index}`,
    ...(page === undefined ? [] : [`page ${page}`]),
    ...(start === undefined || end === undefined ? [] : [`characters ${start} to ${end}`]),
  ];
  terminal.line(`${terminal.style("bold", id)}  ${path}, ${places.join(", ")} (${format})`);
  terminal.line(`  ${terminal.style("dim", shown(text, 100))}`);
  const width = Math.max(...steps.map(({ folder }) => folder.length));
  for (const step of steps) {
    terminal.line(`${step.folder.padEnd(width)}  ${sentence(step)}`);
    for (const entry of step.entries) terminal.line(`${" ".repeat(width)}    ${entryText(entry)}`);
    for (const { id: other, dropped, entry } of step.named?.first ?? [])
      terminal.line(`${" ".repeat(width)}    named by ${other}${dropped ? " (dropped)" : ""}: ${entryText(entry)}`);
    const more = (step.named?.documents ?? 0) - (step.named?.first.length ?? 0);
    if (more > 0) terminal.line(`${" ".repeat(width)}    and by ${more} more`);
    for (const example of examples.filter(({ folder }) => folder === step.folder)) {
      const isAsked = asked !== undefined && example.shard === asked.shard && example.number === asked.number;
      terminal.line(`${" ".repeat(width)}    ${exampleText(example)}${isAsked ? "  ← asked for" : ""}`);
    }
  }
}

function sentence({ stage, what, file, number, characters }: LifeStep): string {
  const where = file === undefined ? "" : `, ${characters} characters, document ${number} of ${file}`;
  if (what === "absent")
    return stage === "tokenize"
      ? "no training example: longer than the context, or nothing to learn"
      : "not among its documents";
  return `${what === "unfinished" ? "not finished" : what}${where}`;
}

const exampleText = ({ shard, number, start, end, learned }: TrainingExample): string =>
  `${shard}:${number}, tokens ${start} to ${end} of the shard (${end - start}, ${learned} learned)`;

/** The fields of an entry but the stage's name. */
const entryText = ({ stage: _, ...fields }: HistoryEntry): string =>
  Object.entries(fields)
    .map(
      ([name, value]) => `${name} ${typeof value === "string" ? shown(value, 80) : shown(JSON.stringify(value), 80)}`,
    )
    .join(", ");

/** Text on one line, cut, with what moves a terminal's cursor taken out. */
function shown(text: string, most: number): string {
  const line = text.slice(0, 4 * most).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ");
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
