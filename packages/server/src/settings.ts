// What a server can be told, with the defaults in one constant. Owns no behaviour.

import type { StepChecker } from "@lemma/protocol";
import type { Logger } from "pino";

/** Makes the checker of one reply; throws LEMMA_E_TASK for a task that is not known. */
export type MakeChecker = (about: { question: string; task: string | undefined }) => StepChecker;

export interface ServerSettings {
  /** Silence on a connection after which a sign of life goes out, in ms. The client's `timeout` must be longer. */
  keepAliveMs: number;
  /** A reader that takes nothing for so long loses its connection, in ms. */
  stalledReaderMs: number;
  /** How long running generations may go on after the server was told to stop, in ms. */
  drainLimitMs: number;
  /** The largest request body, in bytes. */
  bodyLimitBytes: number;
  logger: Logger | false;
}

export const DEFAULT_SETTINGS: Readonly<ServerSettings> = Object.freeze({
  keepAliveMs: 4_000,
  stalledReaderMs: 60_000,
  drainLimitMs: 30_000,
  bodyLimitBytes: 8 * 1024 * 1024,
  logger: false,
});
