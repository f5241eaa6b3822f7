import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { randomFrom } from '../../src/fixtures.ts';
import { type Kokoro, loadKokoro } from './kokoro.ts';
import { readSound, wavOf } from './sound.ts';

export type Word = {
  word: string;
  file: string;
  locale: 'en' | 'zh';
  from: number;
  says: string[];
  text: string[];
  tongues?: string;
  near: string[];
  nearText: string[];
};
/** What a clip is for: to learn from, to choose the threshold by, or to be measured on and never looked at before. */
export type Part = 'train' | 'choose' | 'held';
export type Clip = { path: string; word: string; is: 'word' | 'near' | 'talk'; part: Part; voice: string };

export const words = parse(readFileSync(new URL('./words.yaml', import.meta.url), 'utf8')) as Word[];

/** Which voices are for what: every fifth is held back, every ninth chooses; so each holds men and women of most languages. */
const partOf = (at: number): Part => (at % 5 === 2 ? 'held' : at % 9 === 4 ? 'choose' : 'train');

const espeakVariants = ['', '+m1', '+m3', '+m5', '+m7', '+f1', '+f2', '+f4', '+klatt', '+klatt3'];
const espeakTongues = { en: ['en-us', 'en-gb', 'en-gb-scotland', 'en-029'], zh: ['cmn-latn-pinyin'] } as const;

/** Speaks every clip that is not there yet into `folder`. Needs `espeak-ng`, `flite` and `text2wave` (festival) for the voices that are not Kokoro's. */
export async function speakAll(folder: string): Promise<Clip[]> {
  const clips: Clip[] = [];
  const placeOf = ({ file }: Word) => join(folder, 'clips', file.replace('.wake', ''));
  for (const word of words) {
    mkdirSync(placeOf(word), { recursive: true });
    otherClips(word, placeOf(word), clips);
  }
  talkClips(join(folder, 'clips', 'talk'), clips);
  const kokoro = await loadKokoro(join(folder, 'kokoro'));
  for (const pass of ['plain', 'near'] as const) for (const word of words) await kokoroClips(kokoro, pass, word, placeOf(word), clips);
  return clips;
}

/** One pass over Kokoro's voices: each says the word, every fourth something like it. */
async function kokoroClips(kokoro: Kokoro, pass: 'plain' | 'near', of: Word, place: string, clips: Clip[]): Promise<void> {
  const random = randomFrom(7);
  for (const [at, voice] of kokoro.voices.entries()) {
    if (of.tongues && !of.tongues.includes(voice[0]!)) continue;
    const part = partOf(at);
    const speed = 0.8 + random(45) / 100;
    if (pass === 'near' && at % 4 !== 1) continue;
    const says = pass === 'near' ? of.near : of.says;
    const phonemes = says[(pass === 'near' ? at >> 2 : at) % says.length]!;
    const clip: Clip = { path: join(place, `${pass}-${voice}.wav`), word: of.word, is: pass === 'near' ? 'near' : 'word', part, voice };
    if (!existsSync(clip.path)) writeFileSync(clip.path, wavOf(await kokoro.speak(phonemes, voice, speed)));
    clips.push(clip);
  }
}

/** Has a program speak into a file unless it is there, at 16 kHz. */
function said(path: string, program: string, args: string[], input = ''): string {
  if (!existsSync(path)) execFileSync(program, args, { input, stdio: ['pipe', 'ignore', 'ignore'] });
  const sound = readSound(path);
  if (readFileSync(path).readUInt32LE(24) !== 16_000) writeFileSync(path, wavOf(sound));
  return path;
}

/** Voices of other makers: eSpeak's formants to learn from; flite's and festival's, of recorded people, only to measure on. */
function otherClips({ word, text, locale, nearText }: Word, place: string, clips: Clip[]): void {
  const add = (path: string, part: Part, voice: string) => clips.push({ path, word, is: 'word', part, voice });
  for (const tongue of espeakTongues[locale])
    for (const [at, variant] of espeakVariants.entries()) {
      const voice = `${tongue}${variant}`;
      const path = join(place, `word-espeak-${voice}.wav`);
      const args = ['-v', voice, '-s', String(130 + 6 * at), '-p', String(30 + 5 * at), '-w', path, text[at % text.length]!];
      add(said(path, 'espeak-ng', args), 'train', `espeak ${voice}`);
      for (let n = 0; n < 2; n++) {
        const which = (at * 2 + n) % nearText.length;
        const near = join(place, `near-espeak-${voice}-${which}.wav`);
        said(near, 'espeak-ng', [...args.slice(0, -2), near, nearText[which]!]);
        clips.push({ path: near, word, is: 'near', part: 'train', voice: `espeak ${voice}` });
      }
    }
  if (locale !== 'en') return;
  for (const voice of ['kal16', 'awb', 'rms', 'slt'])
    for (const [at, stretch] of [0.85, 1, 1.15].entries()) {
      const path = join(place, `word-flite-${voice}-${at}.wav`);
      const args = ['-voice', voice, '--setf', `duration_stretch=${stretch}`, '-t', text[at % text.length]!, '-o', path];
      add(said(path, 'flite', args), 'held', `flite ${voice}`);
    }
  for (const voice of ['kal_diphone', 'ked_diphone', 'cmu_us_slt_arctic_hts']) {
    const path = join(place, `word-festival-${voice}.wav`);
    add(said(path, 'text2wave', ['-o', path, '-eval', `(voice_${voice})`], text[0]), 'held', `festival ${voice}`);
  }
}

/** Whole sentences, as around a wake word. */
function talkClips(place: string, clips: Clip[]): void {
  mkdirSync(place, { recursive: true });
  const sentences = parse(readFileSync(new URL('./talk.yaml', import.meta.url), 'utf8')) as string[];
  for (const [at, sentence] of sentences.entries()) {
    const [tongue, variant] = [espeakTongues.en[at % 4]!, espeakVariants[at % espeakVariants.length]!];
    clips.push({
      path: said(join(place, `${at}.wav`), 'espeak-ng', ['-v', `${tongue}${variant}`, '-w', join(place, `${at}.wav`), sentence]),
      word: '',
      is: 'talk',
      part: 'train',
      voice: `espeak ${tongue}${variant}`,
    });
  }
}
