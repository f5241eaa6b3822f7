/**
 * Makes what the English voice knows of words: `node models/training/pronunciation/pronunciation.ts --dictionary FILE`, where FILE is the CMU
 * Pronouncing Dictionary (cmudict.dict; Carnegie Mellon University, BSD-2-Clause). Writes models/pronunciation/words-en.br (its words) and
 * letters-en.br (trees that sound out a word it lacks). The same dictionary gives the same files.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { soundOut } from '../../src/speech/pronounce/letters-to-sounds.ts';
import { packSounds } from '../../src/speech/pronounce/pronounce-dictionary.ts';
import { align, type Word } from './align.ts';
import { growTrees } from './grow-trees.ts';

const { values } = parseArgs({ options: { dictionary: { type: 'string' } } });
if (!values.dictionary) throw new Error('say where the dictionary is: --dictionary FILE');
const say = (line: string) => process.stderr.write(`  ${line}\n`);

/** The first pronunciation of each word of letters; a second is marked "(2)". */
const words: Word[] = readFileSync(values.dictionary, 'utf8')
  .split('\n')
  .map((line) => line.replace(/ #.*$/, '').trim().split(/\s+/))
  .filter(([word, ...sounds]) => /^[a-z][a-z']*$/.test(word ?? '') && sounds.length > 0)
  .map(([word, ...sounds]) => ({ letters: word!, sounds }));
say(`${words.length} words`);

const sorted = [...words].sort((a, b) => Buffer.compare(Buffer.from(a.letters), Buffer.from(b.letters)));
const squeeze = (text: string) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_QUALITY]: 11 } });
const write = (name: string, text: string) => writeFileSync(new URL(`../../pronunciation/${name}`, import.meta.url), squeeze(text));
write('words-en.br', sorted.map(({ letters, sounds }) => `${letters} ${packSounds(sounds)}`).join('\n'));

/** Every twentieth word is held back, to know how well a word is sounded out that was not seen. */
const spellable = words.filter(({ letters }) => /^[a-z]{2,}$/.test(letters));
const heldBack = spellable.filter((_, at) => at % 20 === 7);
const aligned = align(spellable.filter((_, at) => at % 20 !== 7));
say(`${aligned.length} words aligned`);
const trees = growTrees(aligned);
const bare = (sounds: readonly string[]) => sounds.join(' ').replace(/\d/g, '');
const right = heldBack.filter(({ letters, sounds }) => soundOut(letters, trees).join(' ') === sounds.join(' '));
const rightSounds = heldBack.filter(({ letters, sounds }) => bare(soundOut(letters, trees)) === bare(sounds));
const percent = (part: unknown[]) => `${((100 * part.length) / heldBack.length).toFixed(1)} %`;
say(`of ${heldBack.length} words held back, right: ${percent(rightSounds)} in their sounds, ${percent(right)} in their stresses too`);
write('letters-en.br', JSON.stringify(trees));
