import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import {
  chooseVoices,
  createEars,
  createModels,
  createMouth,
  type Ears,
  findEarsFiles,
  type Synthesizer,
  voicesHere,
} from '@wayside/models';
import { createResampler, toPcm } from '@wayside/models/resample';
import { loadRecognizer } from '../../models/src/speech/recognize/load-recognizer.ts';

const models = createModels();
const now = () => performance.now();

/** Why nobody can talk in a language on this machine; undefined where somebody can. */
function missing(locale: 'en' | 'zh'): string | undefined {
  if (findEarsFiles(models).recognizers[locale] === undefined)
    return `no recognizer for ${locale} is here: wayside models pull${locale === 'zh' ? ' whisper-base' : ''}`;
  const speaks = voicesHere(models).some(({ languages }) => languages.includes(locale));
  return speaks ? undefined : `no voice for ${locale} is here: wayside models pull`;
}
export const [noVoice, noChinese] = [missing('en'), missing('zh')];
if (noVoice) console.warn(`SKIPPED, the conversation by voice with real models: ${noVoice}`);
if (noChinese) console.warn(`SKIPPED, the conversation by voice in Chinese: ${noChinese}`);

export const realEars = (): Ears => createEars({ files: () => findEarsFiles(models), now });
/** The voices an edge on this machine would speak with; `wanted` first. */
export const voicesToUse = (wanted?: string) =>
  chooseVoices(voicesHere(models), { memoryBytes: totalmem(), cores: availableParallelism(), wanted }).voices;
/** English by Flite, which is fast on any machine, unless another voice is wanted. */
export const realMouth = (wanted = 'flite'): Synthesizer => createMouth({ voices: () => voicesToUse(wanted), now });

export type Sound = { samples: Int16Array; rate: number };

/** 16 kHz, as a microphone gives it. */
export function heardBy16k({ samples, rate }: Sound): Int16Array {
  return toPcm(createResampler(rate, 16_000)(Float32Array.from([...samples, ...new Array(rate / 50).fill(0)], (x) => x / 32_768)));
}

/** Somebody says this, with the mouth's own voice. */
export async function spoken(mouth: Synthesizer, text: string): Promise<Int16Array> {
  const parts: number[] = [];
  let rate = 16_000;
  for await (const piece of mouth.speak({ text, locale: 'en' })) {
    rate = piece.rate;
    for (const sample of piece.sound) parts.push(sample);
  }
  return heardBy16k({ samples: Int16Array.from(parts), rate });
}

/** What the recognizer writes down of 16 kHz sound, ten seconds at a time; a word may be lost at a seam. */
export async function writtenDown(sound: Int16Array): Promise<string> {
  const recognizer = await loadRecognizer(findEarsFiles(models).recognizers.en!, 'en');
  const said: string[] = [];
  for (let at = 0; at < sound.length; at += 160_000)
    said.push((await recognizer.transcribe(Float32Array.from(sound.subarray(at, at + 160_000), (x) => x / 32_768))).text);
  return said.join(' ');
}

/** A mouth that takes a long breath after its second sentence and each that follows: nobody has to hurry to speak over it. */
export const unhurried = (mouth: Synthesizer, seconds = 6): Synthesizer => ({
  ...mouth,
  async *speak(request) {
    let said = 0;
    for await (const piece of mouth.speak(request)) {
      yield piece;
      if (++said > 1) yield { text: '', rate: piece.rate, sound: new Int16Array(piece.rate * seconds) };
    }
  },
});

/** Has these ears write something down, so that all they need is loaded; what waits for a model meanwhile is less than they would drop. */
export function warmUp(ears: Ears, saying: Int16Array, locale: 'en' | 'zh' = 'en'): Promise<void> {
  return new Promise((done, fail) => {
    const stream = ears.open({
      locale,
      mode: 'open',
      heard(what) {
        if (what.kind !== 'final' && what.kind !== 'failed') return;
        stream.close();
        if (what.kind === 'final') done();
        else fail(new Error(what.why));
      },
    });
    stream.write(joined(saying, silence(1)));
  });
}

export const silence = (seconds: number) => new Int16Array(Math.round(16_000 * seconds));
export const joined = (...parts: Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));

/** A 16-bit mono WAV whose head is 44 bytes, as those in this repository are. */
export function wavOf16k(path: URL): Int16Array {
  const bytes = readFileSync(path);
  const samples = new Int16Array((bytes.length - 44) >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(44 + i * 2);
  return samples;
}

/** Pink noise by the Voss-McCartney method, always the same for a seed, in [-1, 1]. */
export function pinkNoise(length: number, seed = 1): Float32Array {
  let state = seed;
  const random = () => {
    // Lehmer 1951, with Park and Miller's numbers.
    state = (state * 48_271) % 2_147_483_647;
    return state / 1_073_741_824 - 1;
  };
  const rows = new Float32Array(12);
  return Float32Array.from({ length }, (_, i) => {
    const row = Math.min(rows.length - 1, 31 - Math.clz32(i & -i || 1));
    rows[row] = random();
    return (rows.reduce((sum, x) => sum + x, 0) + random()) / 13;
  });
}

/** Speech in noise at a ratio of their mean powers, dB, as a microphone would clip it. */
export function mixed(speech: Int16Array, noise: Float32Array, snrDb: number): Int16Array {
  const power = (sound: ArrayLike<number>) => Array.from(sound).reduce((sum, x) => sum + x * x, 0) / sound.length;
  const loud = Math.sqrt(power(speech) / power(noise) / 10 ** (snrDb / 10));
  return Int16Array.from(speech, (x, i) => Math.max(-32_768, Math.min(32_767, x + loud * noise[i % noise.length]!)));
}
