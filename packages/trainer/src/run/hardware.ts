// Named accelerators for estimates of time and cost. Owns the numbers; dense bfloat16 peaks and memory are the makers' data
// sheets, prices what an hour costs on demand at usual clouds, in US dollars, late 2026: assumptions, `--price` sets another.

export interface Hardware {
  id: string;
  /** Floating-point operations a second of dense bfloat16 products, and bytes, of one device. */
  peakFlops: number;
  memoryBytes: number;
  pricePerHour: number;
}

export const HARDWARE: readonly Hardware[] = [
  { id: "rtx-4090", peakFlops: 165e12, memoryBytes: 24e9, pricePerHour: 0.4 },
  { id: "l40s", peakFlops: 362e12, memoryBytes: 48e9, pricePerHour: 1 },
  { id: "a100-80gb", peakFlops: 312e12, memoryBytes: 80e9, pricePerHour: 1.8 },
  { id: "h100", peakFlops: 989e12, memoryBytes: 80e9, pricePerHour: 3 },
  { id: "h200", peakFlops: 989e12, memoryBytes: 141e9, pricePerHour: 3.5 },
  { id: "mi300x", peakFlops: 1307e12, memoryBytes: 192e9, pricePerHour: 2.5 },
];

/** A core of a rented machine costs about this much an hour. */
export const CORE_PRICE = 0.04;

/**
 * The share of the peak that training is assumed to reach: 35 % on accelerators for models of width 2,048 and more (torchtitan
 * reports 33 to 39 % for 8B on H100 without float8), less in proportion for narrower ones, whose steps are many small launches;
 * 40 % of the measured peak on CPUs. `--mfu` sets another.
 */
export function assumedMfu(width: number, isCpu: boolean): number {
  return isCpu ? 0.4 : 0.35 * Math.max(0.02, Math.min(1, width / 2048));
}
