import type { Models } from '../models.ts';
import type { EarsFiles } from './ears-messages.ts';
import { findRecognizer } from './load-recognizer.ts';

/** What the ears can load of the models that are on this machine. */
export function findEarsFiles(models: Models): EarsFiles {
  const listed = models.list();
  const voiceActivity = models.resolve('silero-vad');
  const [en, zh] = (['en', 'zh'] as const).map((locale) => findRecognizer(listed, models.resolve, locale));
  return { ...(voiceActivity ? { voiceActivity } : {}), recognizers: { ...(en ? { en } : {}), ...(zh ? { zh } : {}) } };
}
