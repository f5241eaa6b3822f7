import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clip, type Part, sentences, type Word } from './clips.ts';
import { readSound, wavOf } from './sound.ts';
import { speakByKokoro } from './speak-kokoro.ts';

const espeakVariants = ['', '+m1', '+m3', '+m5', '+m7', '+f1', '+f2', '+f4', '+klatt', '+klatt3'];
const espeakTongues = { en: ['en-us', 'en-gb', 'en-gb-scotland', 'en-029'], zh: ['cmn-latn-pinyin'] } as const;
/** How often each of eSpeak's voices says the word, faster each time, and something like it. */
const [sayings, nearSayings] = [2, 3];

/** Speaks every clip that is not there yet into `folder`. Needs `espeak-ng`, `flite` and `text2wave` (festival) for the voices that are not Kokoro's. */
export async function speakAll(folder: string, words: readonly Word[]): Promise<Clip[]> {
  const clips: Clip[] = [];
  const placeOf = ({ file }: Word) => join(folder, 'clips', file.replace('.wake', ''));
  for (const word of words) {
    mkdirSync(placeOf(word), { recursive: true });
    espeakClips(word, placeOf(word), clips);
    if (word.locale === 'en') recordedClips(word, placeOf(word), clips);
  }
  talkClips(join(folder, 'clips', 'talk'), clips);
  return [...clips, ...(await speakByKokoro(folder, words, placeOf))];
}

/** Has a program speak into a file unless it is there, at 16 kHz. */
function said(path: string, program: string, args: string[], input = ''): string {
  if (!existsSync(path)) execFileSync(program, args, { input, stdio: ['pipe', 'ignore', 'ignore'] });
  const sound = readSound(path);
  if (readFileSync(path).readUInt32LE(24) !== 16_000) writeFileSync(path, wavOf(sound));
  return path;
}

/** eSpeak's formants, to learn from. */
function espeakClips({ word, text, locale, nearText }: Word, place: string, clips: Clip[]): void {
  for (const tongue of espeakTongues[locale])
    for (const [at, variant] of espeakVariants.entries()) {
      const voice = `${tongue}${variant}`;
      const say = (name: string, is: 'word' | 'near', words: string, n: number) => {
        const path = join(place, `${name}.wav`);
        const args = ['-v', voice, '-s', String(130 + 6 * at + 25 * (n % 3)), '-p', String(30 + 5 * at), '-w', path, words];
        clips.push({ path: said(path, 'espeak-ng', args), word, is, part: 'train', voice: `espeak ${voice}` });
      };
      for (let n = 0; n < sayings; n++) say(`word-espeak-${voice}${n ? `-${n}` : ''}`, 'word', text[(at + n) % text.length]!, n);
      for (let n = 0; n < nearSayings; n++) {
        const which = (at * nearSayings + n + tongue.length * 7) % nearText.length;
        say(`near-espeak-${voice}-${which}`, 'near', nearText[which]!, n);
      }
    }
}

/** Flite's and festival's voices, made of recordings of people, only to measure on. */
function recordedClips({ word, text }: Word, place: string, clips: Clip[]): void {
  const part: Part = 'held';
  for (const voice of ['kal16', 'awb', 'rms', 'slt'])
    for (const [at, stretch] of [0.85, 1, 1.15].entries()) {
      const path = join(place, `word-flite-${voice}-${at}.wav`);
      const args = ['-voice', voice, '--setf', `duration_stretch=${stretch}`, '-t', text[at % text.length]!, '-o', path];
      clips.push({ path: said(path, 'flite', args), word, is: 'word', part, voice: `flite ${voice}` });
    }
  for (const voice of ['kal_diphone', 'ked_diphone', 'cmu_us_slt_arctic_hts']) {
    const path = join(place, `word-festival-${voice}.wav`);
    const args = ['-o', path, '-eval', `(voice_${voice})`];
    clips.push({ path: said(path, 'text2wave', args, text[0]), word, is: 'word', part, voice: `festival ${voice}` });
  }
}

function talkClips(place: string, clips: Clip[]): void {
  mkdirSync(place, { recursive: true });
  for (const [at, sentence] of sentences.entries()) {
    const voice = `${espeakTongues.en[at % 4]!}${espeakVariants[at % espeakVariants.length]!}`;
    const path = join(place, `${at}.wav`);
    said(path, 'espeak-ng', ['-v', voice, '-w', path, sentence]);
    clips.push({ path, word: '', is: 'talk', part: 'train', voice: `espeak ${voice}` });
  }
}
