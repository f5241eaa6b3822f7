import { fileURLToPath } from 'node:url';
import type { Models } from '../../models.ts';
import { findRecognizer } from '../recognize/load-recognizer.ts';
import type { EarsFiles, WakeWord } from './ears-messages.ts';

/** Our own wake words: their heads ship with the code (models/training/wake-word made them). */
const own: readonly WakeWord[] = [
  { word: 'hey wayside', path: fileURLToPath(new URL('../../../heads/hey-wayside.wake', import.meta.url)) },
  { word: '小路小路', path: fileURLToPath(new URL('../../../heads/xiaolu-xiaolu.wake', import.meta.url)) },
];

/**
 * What the ears can load of the models that are on this machine. `words`: wake words of the catalog to listen for beside our own, by their ids; theirs
 * are ready heads whose licence may forbid earning money with them, so none is used that nobody named.
 */
export function findEarsFiles(models: Pick<Models, 'list' | 'resolve'>, words: readonly string[] = []): EarsFiles {
  const listed = models.list();
  const [voiceActivity, spectrogram, embedding, speaker] = ['silero-vad', 'wake-spectrogram', 'wake-embedding', 'speaker-ge2e'].map(
    models.resolve,
  );
  const [en, zh] = (['en', 'zh'] as const).map((locale) => findRecognizer(listed, models.resolve, locale));
  const named = words.flatMap((id) => {
    const path = models.resolve(id);
    return path ? [{ word: id.replace(/^wake-/, '').replaceAll('-', ' '), path }] : [];
  });
  return {
    ...(voiceActivity ? { voiceActivity } : {}),
    ...(spectrogram && embedding ? { wake: { spectrogram, embedding, words: [...own, ...named] } } : {}),
    ...(speaker ? { speaker } : {}),
    recognizers: { ...(en ? { en } : {}), ...(zh ? { zh } : {}) },
  };
}
