import type { Locale } from '@wayside/protocol';
import type { Models } from '../../models.ts';
import type { Voice } from './mouth-messages.ts';

/** The voices all of whose files are here, the catalog's defaults first. */
export function voicesHere(models: Pick<Models, 'list' | 'resolve'>): Voice[] {
  const entries = models.list().filter(({ task, of }) => task === 'speak' && of !== undefined);
  const byVoice = Map.groupBy(
    entries.toSorted((a, b) => Number(b.default ?? false) - Number(a.default ?? false)),
    ({ of }) => of!,
  );
  return Array.from(byVoice).flatMap(([id, files]) => {
    const parts = files.map((file) => [file.id.slice(id.length + 1), models.resolve(file.id)] as const);
    const languages = [...new Set(files.flatMap((file) => file.languages))];
    return parts.every(([, path]) => path !== undefined) ? [{ id, languages, parts: Object.fromEntries(parts) as Voice['parts'] }] : [];
  });
}

export const voiceFor = (voices: readonly Voice[], locale: Locale): Voice | undefined =>
  voices.find(({ languages }) => languages.includes(locale));
