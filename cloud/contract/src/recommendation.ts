import { id, localized } from '@wayside/protocol';
import { z } from 'zod';

/**
 * What became of something recommended: `given`; `done`, `later`, `no` as the person answered; `undone`: they took the answer back; `lapsed`:
 * it no longer applied before anyone answered. Of a thing and of nobody: who answered is not told.
 */
export const recommendationReport = z.object({
  thing: z.string(),
  family: id,
  recommendation: id,
  title: localized,
  state: z.enum(['given', 'done', 'later', 'no', 'undone', 'lapsed']),
  at: z.number().int().nonnegative(),
});
export type RecommendationReport = z.infer<typeof recommendationReport>;

export const recommendationReportExample: RecommendationReport = {
  thing: 'car-1',
  family: 'vehicle',
  recommendation: 'drive-further-now-and-then',
  title: { en: 'Give the battery a longer drive', zh: '偶尔开一次长途，给蓄电池充充电' },
  state: 'given',
  at: 1_795_341_600_000,
};
