// Ctrl-C and SIGTERM: the first asks for a stop, a second ends the process at once. Owns the process's signal handlers.

/** npm and a terminal may both deliver one Ctrl-C: what comes so soon after the first is the same one, in ms. */
const SAME_PRESS_MS = 500;

export interface StopSignals {
  /** Resolves with the name of the first signal. */
  stopped: Promise<string>;
  /** Takes the handlers away again. */
  dispose(): void;
}

/** Listens for SIGINT and SIGTERM until disposed. A second one exits with 128 + its number. */
export function onStopSignals(): StopSignals {
  let firstAt: number | undefined;
  let resolve: (signal: string) => void;
  const stopped = new Promise<string>((done) => {
    resolve = done;
  });
  const handlers = (["SIGINT", "SIGTERM"] as const).map((signal) => {
    const handler = (): void => {
      const now = performance.now();
      if (firstAt === undefined) {
        firstAt = now;
        resolve(signal);
      } else if (now - firstAt >= SAME_PRESS_MS) {
        process.exit(signal === "SIGINT" ? 130 : 143);
      }
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return {
    stopped,
    dispose: () => {
      for (const { signal, handler } of handlers) process.off(signal, handler);
    },
  };
}
