import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Recordings of people who say no wake word: prompts of telephone exchanges (Debian's asterisk-core-sounds-*-wav, CC BY-SA 3.0 and CC BY 3.0, and
 * asterisk-prompt-it-menardi-wav, CC BY-SA 3.0), Chinese words and syllables (audio-cmn, CC BY-SA), English digits of six people
 * (free-spoken-digit-dataset, CC BY-SA 4.0) and German sentences (dataset-voice-kerstin, CC0). Who is to be measured on is learned from nowhere.
 */
const exchanges = '/usr/share/asterisk/sounds';
const clones = {
  'audio-cmn': 'https://github.com/hugolpz/audio-cmn',
  digits: 'https://github.com/Jakobovski/free-spoken-digit-dataset',
  kerstin: 'https://github.com/rhasspy/dataset-voice-kerstin',
} as const;

/** `every`: takes each so-manieth file; `named`: only those whose names say so. */
type Speaker = { name: string; part: 'train' | 'held'; from: string; every: number; named?: RegExp };
const speakers: readonly Speaker[] = [
  { name: 'allison-en', part: 'train', from: `${exchanges}/en_US_f_Allison`, every: 1 },
  { name: 'allison-es', part: 'train', from: `${exchanges}/es_MX_f_Allison`, every: 1 },
  { name: 'ivrvoice-ru', part: 'train', from: `${exchanges}/ru_RU_f_IvrvoiceRU`, every: 1 },
  { name: 'dal-zot-it', part: 'train', from: `${exchanges}/it_IT_f_Menardi`, every: 1 },
  { name: 'kerstin-de', part: 'train', from: 'kerstin/audio', every: 4 },
  { name: 'digits-en', part: 'train', from: 'digits/recordings', every: 2, named: /_(?:george|jackson|lucas|nicolas)_/ },
  { name: 'yue-tan-zh', part: 'train', from: 'audio-cmn/64k/hsk', every: 3 },
  { name: 'june-fr', part: 'held', from: `${exchanges}/fr_CA_f_June`, every: 1 },
  { name: 'carlo-it', part: 'held', from: `${exchanges}/it_IT_m_Carlo`, every: 1 },
  { name: 'more-digits-en', part: 'held', from: 'digits/recordings', every: 1, named: /_(?:theo|yweweler)_/ },
  { name: 'chen-wang-zh', part: 'held', from: 'audio-cmn/64k/syllabs', every: 1 },
];
const longestSeconds = 1200;

export type Talk = { path: string; name: string; part: 'train' | 'held' };

/** Where a collection is: cloned into the folder unless it is there. */
function cloned(folder: string, from: string): string {
  const [name = '', ...rest] = from.split('/');
  const address = clones[name as keyof typeof clones];
  if (!address) return from;
  const place = join(folder, name);
  if (!existsSync(place)) execFileSync('git', ['clone', '--quiet', '--depth', '1', address, place]);
  return join(place, ...rest);
}

/** One WAV file of 16 kHz a speaker, twenty minutes at most. Needs the packages above, `git`, `sox`, and `ffmpeg` for WebM. */
export function gatherTalk(folder: string): Talk[] {
  mkdirSync(join(folder, 'talk'), { recursive: true });
  return speakers.map(({ name, part, from, every, named = /./ }) => {
    const path = join(folder, 'talk', `${name}.wav`);
    if (!existsSync(path)) {
      const place = cloned(folder, from);
      const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((one) => /\.(wav|mp3|webm)$/.test(one));
      const some = files.toSorted().filter((one, at) => at % every === 0 && !/silence/.test(one) && named.test(one));
      join16k(
        some.map((one) => join(place, one)),
        path,
      );
    }
    return { path, name, part };
  });
}

function join16k(files: readonly string[], path: string): void {
  const between = mkdtempSync(`${path}-`);
  const plain = files.map((file, at) => {
    if (!file.endsWith('.webm')) return file;
    const wav = join(between, `${at}.wav`);
    execFileSync('ffmpeg', ['-loglevel', 'error', '-i', file, '-ar', '16000', '-ac', '1', wav]);
    return wav;
  });
  execFileSync('sox', [...plain, '-b', '16', '-r', '16000', '-c', '1', path, 'trim', '0', String(longestSeconds)], { stdio: 'ignore' });
  rmSync(between, { recursive: true });
}
