// How the attempts at one question differ: the first is greedy, the others are samples with seeds of their own. Owns that rule.

/** The options of a request that attempts change; all others are the same for every attempt. */
export interface AttemptSampling {
  temperature?: number;
  seed?: number;
  n?: number;
}

/** The temperature of samples where the request names none above 0. */
const SAMPLE_TEMPERATURE = 1;

/**
 * The options of an attempt, counted from 1. The first attempt of choice 0 is greedy; all others are samples, so that choices differ.
 * The same request with a seed gives the same attempts.
 * @example attemptOptions({ seed: 7, maxTokens: 200 }, 1) // { seed: 7, maxTokens: 200, temperature: 0, n: 1 }
 */
export function attemptOptions<O extends AttemptSampling>(options: O, attempt: number, choice = 0): O {
  const isGreedy = attempt === 1 && choice === 0;
  const temperature = isGreedy ? 0 : options.temperature || SAMPLE_TEMPERATURE;
  const seed = options.seed === undefined ? {} : { seed: attemptSeed(options.seed, attempt, choice) };
  return { ...options, ...seed, temperature, n: 1 };
}

/** The seed of an attempt: the request's own for the first, then 53 bits that look unrelated (SplitMix64, Steele et al. 2014). */
export function attemptSeed(seed: number, attempt: number, choice = 0): number {
  if (attempt === 1 && choice === 0) return seed;
  const place = (BigInt(choice) << 32n) + BigInt(attempt);
  let z = BigInt.asUintN(64, mix(BigInt.asUintN(64, BigInt(seed))) + place * 0x9e3779b97f4a7c15n);
  z = mix(z);
  return Number(z >> 11n);
}

function mix(value: bigint): bigint {
  let z = value;
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}
