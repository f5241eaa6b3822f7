import { id, locale } from '@wayside/protocol';
import { z } from 'zod';

/** Machines an article is about; what is left out holds for any. Compared without regard to case. */
export const applies = z.object({
  maker: z.string().max(120).optional(),
  model: z.string().max(120).optional(),
  /** Exact versions. */
  firmware: z.array(z.string().max(60)).max(50).optional(),
});
export type Applies = z.infer<typeof applies>;

/** One text of the knowledge base in one language. `version` counts up with every publication. */
export const article = z.object({
  id,
  locale,
  version: z.int().min(1),
  family: id,
  title: z.string().min(1).max(200),
  /** Markdown. */
  body: z.string().min(1).max(50_000),
  faults: z.array(id).max(50).default([]),
  tags: z.array(z.string().max(60)).max(50).default([]),
  sources: z.array(z.string().max(300)).max(50).default([]),
  /** Without any: every thing of the family. */
  applies: z.array(applies).max(50).optional(),
  /** The case it was learned from, when it was. */
  case: z.string().optional(),
});
export type Article = z.infer<typeof article>;
