// The script of a job array. Owns its text; what it runs is the executor's business.

export interface SlurmScript {
  name: string;
  /** As `--array` reads it. */
  ranks: string;
  /** The pattern of the logs' names. */
  log: string;
  partition?: string | undefined;
  time?: string | undefined;
  memory?: string | undefined;
  /** A line of shell. */
  command: string;
}

/** The script as bash and sbatch read it. */
export function slurmScript({ name, ranks, log, partition, time, memory, command }: SlurmScript): string {
  const settings: [string, string | undefined][] = [
    ["job-name", name],
    ["array", ranks],
    ["output", log],
    ["partition", partition],
    ["time", time],
    ["mem", memory],
  ];
  return [
    "#!/bin/bash",
    ...settings.flatMap(([flag, value]) => (value === undefined ? [] : [`#SBATCH --${flag}=${sbatchValue(value)}`])),
    "#SBATCH --no-requeue", // what is missing is submitted anew at once; Slurm's own requeue waits for two minutes
    `exec ${command}`,
    "",
  ].join("\n");
}

/** sbatch splits its lines at spaces, and reads double quotes. */
export const sbatchValue = (value: string): string =>
  /[\s"'#\\]/.test(value) ? `"${value.replaceAll(/["\\]/g, "\\$&")}"` : value;

/** A word as bash reads it. */
export const shellWord = (word: string): string =>
  /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * Numbers as `--array` wants them: in order, neighbours as ranges.
 * @example ranksText([4, 0, 1, 2, 7]) // "0-2,4,7"
 */
export function ranksText(ranks: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const rank of ranks.toSorted((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last !== undefined && last[1] === rank - 1) last[1] = rank;
    else parts.push([rank, rank]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}
