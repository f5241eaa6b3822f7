/**
 * Trains the heads of our own wake words, or those of one file, and says how often they miss and wake for nothing:
 * `node models/training/wake-word/wake-word.ts --work DIR [--only hey-wayside.wake]`. Everything it makes on the way stays in `--work` and is made once. Needs `espeak-ng`, `flite`, `festival`, `sox`, `ffmpeg`, `pip`, `npm`, `git`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createModels } from '../../src/models.ts';
import { loadWakeFrontEnd, ownFloorDb } from '../../src/speech/wake/wake-front-end.ts';
import { writeWakeHead } from '../../src/speech/wake/wake-head.ts';
import { words as allWords } from './clips.ts';
import { gatherTalk } from './gather.ts';
import { reportWord } from './report.ts';
import { createScenes } from './scenes.ts';
import { speakAll } from './speak.ts';
import { trainWord } from './train-word.ts';

const { values } = parseArgs({ options: { work: { type: 'string' }, only: { type: 'string' } } });
if (!values.work) throw new Error('where to work: --work DIR');
const words = allWords.filter(({ file }) => values.only === undefined || values.only === file);
const say = (line: string) => process.stdout.write(`${line}\n`);

const models = createModels();
const [spectrogram, embedding] = ['wake-spectrogram', 'wake-embedding'].map((id) => models.resolve(id));
if (!spectrogram || !embedding) throw new Error('fetch the front end first: wayside models pull wake-features');
const frontEnd = (await loadWakeFrontEnd({ spectrogram, embedding }))(ownFloorDb);

const scenes = createScenes(values.work, frontEnd, gatherTalk(values.work));
const heard = await scenes.heard();
say(`${(heard.reduce((sum, { seconds }) => sum + seconds, 0) / 3600).toFixed(2)} h of talk and noise`);
const said = await scenes.said(await speakAll(values.work, words));
say(`${said.length} scenes`);
mkdirSync(new URL('../../heads/', import.meta.url), { recursive: true });
for (const { word, file, from } of words) {
  const net = trainWord(word, said, heard, say);
  net.from = from;
  for (const part of ['choose', 'held'] as const) reportWord(net, said, heard, part, say);
  writeFileSync(new URL(`../../heads/${file}`, import.meta.url), writeWakeHead(net));
}
