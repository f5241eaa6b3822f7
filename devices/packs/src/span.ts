import { z } from 'zod';

/** A span of time such as `30s`, `10m`, `1.5h`. */
export const span = z.string().regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, 'a span is a number and ms, s, m, h or d');

/** A chance from 0 to 1. */
export const probability = z.number().min(0).max(1);
