/**
 * Trains the head that tells anger and anxiety in Chinese: `node models/training/affect-zh.ts --data DIR`, with DIR/mac-slu as its README there
 * describes it (Apache-2.0). Writes models/heads/feeling-zh-e5.head; the same data give the same head.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeHead } from '../src/understanding/head-file.ts';
import { chineseFeelings, trainChineseFeelings } from './chinese-feelings.ts';

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (!values.data) throw new Error('say where the data is: --data DIR');
const said = await chineseFeelings(values.data, (line) => process.stderr.write(`  ${line}\n`));
if (!said) process.exit(1);
writeFileSync(new URL('../heads/feeling-zh-e5.head', import.meta.url), writeHead(trainChineseFeelings(said)));
