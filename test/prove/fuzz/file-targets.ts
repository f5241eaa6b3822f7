import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { receiptName } from '@wayside/packs';
import { readHubConfig } from '../../../cloud/hub/src/config.ts';
import { cleanPicture } from '../../../cloud/hub/src/knowledge/pictures/clean-picture.ts';
import { madePictures } from '../../../cloud/hub/src/knowledge/pictures/made-pictures.ts';
import { fromCsv, fromJson } from '../../../devices/simulators/src/recording.ts';
import { readConfig } from '../../../edge/agent/src/config.ts';
import { installedPacks } from '../../../edge/agent/src/packs/receipts.ts';
import { readIdentity } from '../../../edge/agent/src/store/identity.ts';
import { tinyGguf } from '../../../models/src/fixtures.ts';
import { readGguf } from '../../../models/src/gguf.ts';
import { readCt2File } from '../../../models/src/speech/graph/ct2-file.ts';
import { readWakeHead, writeWakeHead } from '../../../models/src/speech/wake/wake-head.ts';
import { width, windowSteps } from '../../../models/src/speech/wake/wake-shape.ts';
import { readHead, writeHead } from '../../../models/src/understanding/head-file.ts';
import { json, kindOf, text } from './read.ts';
import { isRefusal } from './refusal.ts';
import type { Target } from './targets.ts';

/** A model of CTranslate2 with one weight of two numbers. */
function tinyCt2(): Buffer {
  const bytes = Buffer.alloc(64);
  let at = bytes.writeUInt32LE(6);
  const text = (said: string) => {
    at = bytes.writeUInt16LE(said.length + 1, at);
    at += bytes.write(`${said}\0`, at);
  };
  text('Whisper');
  at = bytes.writeUInt32LE(3, at);
  at = bytes.writeUInt32LE(1, at);
  text('weight');
  at = bytes.writeUInt8(1, at);
  at = bytes.writeUInt32LE(2, at);
  at = bytes.writeUInt8(0, at);
  at = bytes.writeUInt32LE(8, at);
  return bytes.subarray(0, at + 8);
}

/** A wake word's head with one hidden unit. */
const wakeHead = (): Buffer => {
  const inputs = () => new Float32Array(windowSteps * width);
  const one = () => new Float32Array(1);
  return writeWakeHead({
    word: 'hey',
    hidden: 1,
    from: 0.5,
    mean: inputs(),
    factor: inputs(),
    first: inputs(),
    firstBias: one(),
    second: one(),
    secondBias: 0,
  });
};

/** What it says, or why not in our own words. @param also other classes whose errors are refusals here */
function told(read: () => string, also: readonly (new () => Error)[] = []): string {
  try {
    return read();
  } catch (error) {
    if (!(isRefusal(error) || also.some((one) => (error as Error).constructor === one))) throw error;
    return (error as Error).message;
  }
}

/** What somebody lays where the edge reads: models' headers, receipts of packs, its own identity. @param folder in memory if it can be */
export function fileTargets(folder: string): Target[] {
  const [model, identity] = [join(folder, 'model.bin'), join(folder, 'identity.json')];
  const installed = join(folder, 'installed');
  mkdirSync(join(installed, 'probe'), { recursive: true });
  return [
    {
      name: 'headers of GGUF models',
      costs: 15,
      examples: [tinyGguf({ name: 'Tiny', languages: ['en', 'zh'] })],
      eat: (bytes) => kindOf(readGguf({ size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) })),
    },
    {
      name: 'heads of what is understood, and of wake words',
      costs: 60,
      examples: [
        writeHead({
          head: {
            labels: ['a', 'b'],
            buckets: 4,
            rarity: new Float32Array(4).fill(1),
            mean: new Float32Array(2),
            factor: new Float32Array(2),
            weights: new Float32Array(12),
            bias: new Float32Array(2),
          },
          temperature: 1,
          from: 0.5,
        }),
        wakeHead(),
      ],
      eat: (bytes) => [readHead, readWakeHead].map((read) => told(() => kindOf(read(bytes)))).join(),
    },
    {
      name: 'pictures',
      costs: 12,
      examples: [madePictures.png(), madePictures.jpeg(), madePictures.webp()],
      eat: (bytes) => kindOf(cleanPicture(bytes)),
    },
    {
      name: 'settings',
      costs: 200,
      examples: text(
        { data: '/tmp/a', mqttPort: 1883, host: '127.0.0.1', logLevel: 'info' },
        { data: '/tmp/a', port: 0, publicUrl: 'https://a.example', generator: 'none', packsRoot: '/tmp' },
      ),
      eat(bytes) {
        const value = json(bytes);
        const file = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { data: value };
        return [readConfig, readHubConfig].map((read) => told(() => typeof read({}, {}, file)).split('Known settings')[0]).join();
      },
    },
    {
      name: 'recordings',
      costs: 25,
      examples: text('seconds,a,b.c\n0,1,x\n1.5,2,y\n', 'time;a\n2026-01-01T00:00:00Z;1\n2026-01-01T00:00:01Z;2\n', [
        { seconds: 0, signals: { a: 1 } },
        { seconds: 1, signals: { a: true, b: 'x' } },
      ]),
      // Its callers say these words after their own: an error of no class of its own is a refusal.
      eat: (bytes) =>
        [fromCsv, fromJson].map((read) => told(() => String(read(bytes.toString('utf8')).times.length > 2), [Error, SyntaxError])).join(),
    },
    {
      name: 'weights of speech models',
      costs: 60,
      examples: [tinyCt2()],
      eat(bytes) {
        writeFileSync(model, bytes);
        return kindOf(readCt2File(model));
      },
    },
    {
      name: 'receipts and identities',
      costs: 400,
      examples: ['{"family":"pump","version":"1","fingerprint":"ab","by":"0.1.0","at":1}', '{"edge":"edge-1","hubToken":"wse_a"}'].map(
        (text) => Buffer.from(text),
      ),
      async eat(bytes) {
        writeFileSync(join(installed, 'probe', receiptName), bytes);
        const packs = await installedPacks(installed);
        writeFileSync(identity, bytes);
        return kindOf(packs) + kindOf(await readIdentity(identity));
      },
    },
  ];
}
