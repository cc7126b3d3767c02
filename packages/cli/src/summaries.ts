// One line for each command: shown by `lemma --help` and at the head of each command's own help.

export const SUMMARIES = {
  serve: "Serve models over HTTP, OpenAI-compatible, with checked steps",
  run: "Ask a model; its thought is shown dimmed with a mark for every checked step",
  models: "List the models on this machine",
  convert: "Make a GGUF file from a Hugging Face model folder",
  gym: "List the task families, make verified problems, check them",
  verify: "Judge claims exactly: proved, refuted with a witness, or unknown with a reason",
  data: "From files to training data: read, clean, de-duplicate, write token shards; look into them",
  train: "Train a model as a recipe says: data, stages, export, scores; can be interrupted anywhere",
  eval: "Score a model on fresh held-out problems, with 95 % intervals",
  bench: "Measure ours beside peers and the machine's own limits",
  doctor: "Check this machine: what is there, what is missing, how to mend it",
} as const;

export type CommandName = keyof typeof SUMMARIES;
