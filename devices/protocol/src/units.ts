import { z } from 'zod';

/** Units are branded numbers, so that seconds never pass for milliseconds. */
declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]: Name };

export type Milliseconds = Unit<'ms'>;
export type Bytes = Unit<'B'>;

export const milliseconds = (n: number) => n as Milliseconds;
export const seconds = (n: number) => (n * 1000) as Milliseconds;
export const minutes = (n: number) => (n * 60_000) as Milliseconds;
export const kibibytes = (n: number) => (n * 1024) as Bytes;

/** A span of time such as `30s`, `10m`, `1.5h`. */
export const span = z.string().regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, 'a span is a number and ms, s, m, h or d');

const spans = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Reads a span such as `90s`, `10m`, `250ms` or `1.5h`.
 * @returns milliseconds, or undefined when it is not a span
 */
export function parseSpan(text: string): Milliseconds | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim());
  return match ? ((Number(match[1]) * spans[match[2] as keyof typeof spans]) as Milliseconds) : undefined;
}
