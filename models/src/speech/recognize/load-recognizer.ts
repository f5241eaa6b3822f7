import type { Locale } from '@wayside/protocol';
import { WaysideError } from '@wayside/protocol';
import type { ModelEntry } from '../../catalog.ts';
import type { Recognizer } from '../recognizer.ts';

/** The files of one recognizer. Plain data, so that it can be sent to the process that loads it. */
export type RecognizerFiles = {
  /** Its name in the catalog. */
  model: string;
  /** The path of each of its files, by what follows the model's name in the file's catalog id: `encoder`, `decoder`, … */
  parts: Readonly<Record<string, string>>;
};

/** The kinds of recognizers by the files they have, and what loads each; its native code only then. */
const kinds: { parts: readonly string[]; load: (files: RecognizerFiles, locale: Locale) => Promise<Recognizer> }[] = [
  {
    parts: ['encoder', 'decoder', 'pieces'],
    load: async (files, locale) => (await import('./recognize-moonshine.ts')).recognizeMoonshine(files, locale),
  },
  {
    // A server elsewhere, by its address.
    parts: ['url'],
    load: async ({ parts }, locale) => (await import('../wyoming/port-wyoming.ts')).recognizeByWyoming(parts.url!, locale),
  },
  { parts: ['weights', 'words'], load: async (files, locale) => (await import('./recognize-whisper.ts')).recognizeWhisper(files, locale) },
];
const kindOf = ({ parts }: RecognizerFiles) => kinds.find((kind) => kind.parts.every((part) => parts[part] !== undefined));

/**
 * The recognizer to use for a language: of those in the catalog whose files are all here, the default one, else the first. Undefined when
 * there is none.
 * @param resolve the path of a model's verified file, or undefined
 */
export function findRecognizer(
  entries: readonly ModelEntry[],
  resolve: (id: string) => string | undefined,
  locale: Locale,
): RecognizerFiles | undefined {
  const spoken = entries.filter(({ task, languages, of }) => task === 'recognize' && languages.includes(locale) && of !== undefined);
  const models = [...new Set(spoken.toSorted((a, b) => Number(b.default ?? false) - Number(a.default ?? false)).map(({ of }) => of!))];
  for (const model of models) {
    const parts: Record<string, string> = {};
    const its = entries.filter(({ of }) => of === model);
    for (const { id } of its) {
      const path = resolve(id);
      if (path !== undefined) parts[id.slice(model.length + 1)] = path;
    }
    const files = { model, parts };
    if (Object.keys(parts).length === its.length && kindOf(files)) return files;
  }
  return undefined;
}

/**
 * Loads a recognizer into this process: seconds of work and hundreds of megabytes, so not into one that answers people.
 * @throws `invalid` for files of no kind that is known, `model-corrupt` for files that are not what they should be
 */
export async function loadRecognizer(files: RecognizerFiles, locale: Locale): Promise<Recognizer> {
  const kind = kindOf(files);
  if (!kind)
    throw new WaysideError(
      'invalid',
      `${files.model} has files of no recognizer that is known here: ${Object.keys(files.parts).join(', ')}.`,
    );
  return kind.load(files, locale);
}
