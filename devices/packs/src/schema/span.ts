import { z } from 'zod';

export { span } from '@wayside/protocol';

/** A chance from 0 to 1. */
export const probability = z.number().min(0).max(1);
