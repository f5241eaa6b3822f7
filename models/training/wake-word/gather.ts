import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Recordings of people who say no wake word: prompts of telephone exchanges (Debian's asterisk-core-sounds-*-wav, CC BY-SA 3.0 and CC BY 3.0), and
 * Chinese words and syllables (github.com/hugolpz/audio-cmn at ff9ed3d, CC BY-SA). Who is to be measured on is learned from nowhere.
 */
const exchanges = '/usr/share/asterisk/sounds';
const speakers = [
  { name: 'allison-en', part: 'train', from: `${exchanges}/en_US_f_Allison`, every: 1 },
  { name: 'allison-es', part: 'train', from: `${exchanges}/es_MX_f_Allison`, every: 2 },
  { name: 'ivrvoice-ru', part: 'train', from: `${exchanges}/ru_RU_f_IvrvoiceRU`, every: 1 },
  { name: 'yue-tan-zh', part: 'train', from: 'audio-cmn/64k/hsk', every: 3 },
  { name: 'june-fr', part: 'held', from: `${exchanges}/fr_CA_f_June`, every: 1 },
  { name: 'carlo-it', part: 'held', from: `${exchanges}/it_IT_m_Carlo`, every: 1 },
  { name: 'chen-wang-zh', part: 'held', from: 'audio-cmn/64k/syllabs', every: 1 },
] as const;

export type Talk = { path: string; name: string; part: 'train' | 'held' };

/** One WAV file of 16 kHz and at most ten minutes a speaker, made with `sox`. Needs the packages above and `git`; `cmn` may name a clone of audio-cmn that is here. */
export function gatherTalk(folder: string, cmn = join(folder, 'audio-cmn')): Talk[] {
  mkdirSync(join(folder, 'talk'), { recursive: true });
  if (!existsSync(cmn)) execFileSync('git', ['clone', '--quiet', '--depth', '1', 'https://github.com/hugolpz/audio-cmn', cmn]);
  return speakers.map(({ name, part, from, every }) => {
    const path = join(folder, 'talk', `${name}.wav`);
    const place = from.startsWith('audio-cmn') ? from.replace('audio-cmn', cmn) : from;
    if (!existsSync(path)) {
      const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((one) => /\.(wav|mp3)$/.test(one));
      const some = files.toSorted().filter((one, at) => at % every === 0 && !/silence/.test(one));
      execFileSync('sox', [...some.map((one) => join(place, one)), '-b', '16', '-r', '16000', '-c', '1', path, 'trim', '0', '600'], {
        stdio: 'ignore',
      });
    }
    return { path, name, part };
  });
}
