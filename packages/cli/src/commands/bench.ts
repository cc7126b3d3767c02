// `lemma bench`: measures an area and prints its rows. Owns flags and printing; the rows live in bench/.

import { AREAS } from "../../../../bench/areas.ts";
import { machineRow } from "../../../../bench/machine.ts";
import { closest } from "../closest.ts";
import type { Command } from "../command.ts";
import { UsageError } from "../flags.ts";
import { SUMMARIES } from "../summaries.ts";
import { table } from "../table.ts";

export const bench: Command = {
  name: "bench",
  summary: SUMMARIES.bench,
  arguments: Object.keys(AREAS).join("|"),
  positionals: 1,
  about:
    "First measures the machine (memory bandwidth, 8-bit operations), then each row: the median of interleaved runs of\n" +
    "ours and the peers, the ratio to the best peer and the share of the machine's own limit. Peers are installed into\n" +
    "oracles/ on first use. Leave the machine alone while it runs.",
  flags: {
    rows: { help: "only these rows, with commas", value: "IDS", many: true },
    threads: {
      help: "engine: threads of everyone, -tN behind the rows' ids (default: each one's best)",
      value: "N",
      kind: "count",
    },
    peer: {
      help: "engine: a llama-bench or llama-batched-bench program to stand beside the others",
      value: "PROGRAM",
      many: true,
    },
    json: { help: "one JSON object a row, the machine first" },
  },
  examples: [
    { line: "lemma bench engine --rows decode-3m-1,decode-3m-32", shows: "tokens/s of ours and node-llama-cpp" },
    {
      line: "lemma bench engine --rows decode-285m-1 --threads 1 --peer ~/llama.cpp/build/bin/llama-bench",
      shows: "the row decode-285m-1-t1, that program among the peers",
    },
    { line: "lemma bench gym --json", shows: "problems and training tokens made a second" },
    { line: "lemma bench train --rows train-s,rl-rollouts", shows: "training and rollouts beside plain PyTorch" },
    { line: "lemma bench verify --json", shows: "pairs judged a second by ours and nerdamer-prime" },
  ],
  async run({ flags, positionals, terminal, signal }) {
    const [name] = positionals;
    const names = Object.keys(AREAS);
    const area = name === undefined ? undefined : AREAS[name];
    if (area === undefined) throw new UsageError(`expected one of ${names.join(", ")}, found ${name ?? "nothing"}`);
    const ids = flags.list("rows") ?? area.rows;
    for (const id of ids) {
      if (area.rows.includes(id)) continue;
      const near = closest(id, area.rows);
      throw new UsageError(
        `no row ${id} in ${name}${near === undefined ? `; rows: ${area.rows.join(", ")}` : `; did you mean ${near}?`}`,
      );
    }
    const threads = flags.number("threads");
    const executables = flags.list("peer");
    if (name !== "engine" && (threads !== undefined || executables !== undefined))
      throw new UsageError("--threads and --peer go with the area engine");
    const choices = {
      ...(threads === undefined ? {} : { threads }),
      ...(executables === undefined ? {} : { executables }),
    };
    const machine = machineRow(threads);
    if (flags.on("json")) terminal.json(machine);
    else
      terminal.line(`${machine.cpu}, ${machine.cores} cores, ${machine.readGBs} GB/s, ${machine.int8Gops} int8 GOPS`);
    const lines: string[][] = [];
    for (const id of ids) {
      signal.throwIfAborted();
      const row = await area.measure(id, (text) => terminal.progress(text), choices);
      terminal.clearProgress();
      if (flags.on("json")) terminal.json(row);
      const peers = Object.entries(row.peers).map(([peer, value]) => `${peer} ${value}`);
      const shown = [row.ours, row.unit, peers.join(", "), row.ratio, row.floorShare, row.spread];
      lines.push([row.row, ...shown.map((value) => String(value ?? "–"))]);
    }
    if (!flags.on("json")) {
      terminal.write(table(["row", "ours", "unit", "peers", "ratio", "floor share", "spread"], lines, [1, 4, 5, 6]));
    }
    return 0;
  },
};
