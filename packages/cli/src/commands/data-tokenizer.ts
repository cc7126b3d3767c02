// `lemma data tokenizer`: builds the tokenizer folder.

import { writeTokenizer } from "@lemma/data";
import type { Command } from "../command.ts";
import { repositoryPath } from "../places.ts";

export const dataTokenizer: Command = {
  name: "data tokenizer",
  summary: "Build models/tokenizer from the kept word counts, or count the gym anew",
  about:
    "Writes tokenizer.json and tokenizer_config.json. From the kept counts the files come out byte for byte as they are;\n" +
    "--recount reads the gym as it stands now: a new version of the tokenizer, which retrains every model.",
  flags: {
    out: { help: "folder to write (default models/tokenizer)", value: "FOLDER" },
    counts: { help: "file of counts (default packages/data/corpus/tokenizer-words.json)", value: "FILE" },
    recount: { help: "count the gym's text again and keep the counts" },
    json: { help: "print digest and sizes as JSON" },
  },
  examples: [
    { line: "lemma data tokenizer --out /tmp/tokenizer", shows: "1024 entries, with the digest of tokenizer.json" },
  ],
  async run({ flags, terminal }) {
    const out = flags.text("out") ?? repositoryPath("models", "tokenizer");
    const counts = flags.text("counts") ?? repositoryPath("packages", "data", "corpus", "tokenizer-words.json");
    const made = writeTokenizer({ out, counts, recount: flags.on("recount") });
    if (flags.on("json")) terminal.json(made);
    else terminal.line(`${out}: ${made.entries} entries, ${made.merges} merges, SHA-256 ${made.sha256}`);
    return 0;
  },
};
