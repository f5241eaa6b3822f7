import { WaysideError } from '@wayside/protocol';
import type { Voice } from './mouth-messages.ts';

/** A voice that takes spoken forms. */
export type Speaker = { rate: number; say(spoken: string): Promise<Int16Array> };

/** Silence after a piece, in seconds: nobody breathes in at a comma as long as at a full stop. */
const pauseAfter = (spoken: string) => (/[.!?。！？]\s*$/.test(spoken) ? 0.3 : 0.12);

/** From [-1, 1] to s16, with `gain`, and a pause behind it. */
function toSound(samples: Float32Array, rate: number, gain: number, pause: number): Int16Array {
  const sound = new Int16Array(samples.length + Math.round(rate * pause));
  for (const [at, sample] of samples.entries()) sound[at] = Math.max(-1, Math.min(1, sample * gain)) * 32767;
  return sound;
}

/** English words as sounds: the dictionary, and what spellings teach for the rest. */
async function englishSounds() {
  const [{ readWords }, { readLetters }] = await Promise.all([
    import('../pronounce/pronounce-dictionary.ts'),
    import('../pronounce/letters-to-sounds.ts'),
  ]);
  return { known: readWords(), guess: readLetters() };
}

/** A Piper voice: `model` is its `.onnx`, `config` its `.onnx.json`. */
async function loadEnglishPiper(model: string, config: string): Promise<Speaker> {
  const [{ loadPiper }, { createPronouncer }] = await Promise.all([import('./piper.ts'), import('../pronounce/pronounce.ts')]);
  const [voice, pronounce] = [await loadPiper(model, config), createPronouncer(await englishSounds())];
  return {
    rate: voice.rate,
    // Piper's voices are quiet: half of full scale at their loudest.
    say: async (spoken) => toSound(await voice.say(pronounce(spoken)), voice.rate, 1.5, pauseAfter(spoken)),
  };
}

/** A voice of Kokoro: `model` is the model all its voices share, `style` the one that speaks. */
async function loadKokoroVoice(model: string, style: string, english: boolean): Promise<Speaker> {
  const [{ loadKokoro }, pronouncers] = await Promise.all([import('./mouth-kokoro.ts'), import('../pronounce/pronounce-kokoro.ts')]);
  const createPronouncer = english ? pronouncers.createEnglishKokoroPronouncer : pronouncers.createKokoroPronouncer;
  const [voice, pronounce] = [await loadKokoro(model, style), createPronouncer(await englishSounds())];
  return {
    rate: voice.rate,
    // Kokoro ends with a silence of its own.
    say: async (spoken) => toSound(await voice.say(pronounce(spoken)), voice.rate, 1.2, 0),
  };
}

/**
 * Loads a voice into this process, by what its files are.
 * @throws `invalid` for files of no voice that is known here, `model-corrupt` for files that are not what they should be
 */
export async function loadVoice({ id, languages, parts: { model, config, style, program } }: Voice): Promise<Speaker> {
  if (model && config && languages.includes('en')) return loadEnglishPiper(model, config);
  if (model && style) return loadKokoroVoice(model, style, languages.includes('en'));
  if (program && languages.includes('en')) return (await import('./mouth-flite.ts')).loadFlite(program);
  throw new WaysideError('invalid', `${id} has files of no voice that is known here.`);
}
