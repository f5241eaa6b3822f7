import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { prepareSdk } from '../../../cli/src/conformance/sdks.ts';
import { type EdgeReady, startEdge } from '../edge-process.ts';
import { type Bench, type Row, some } from '../measure.ts';

const run = promisify(execFile);
/** Below what the edge takes from one device in a burst. */
const count = 5_000;
const peers = resolve(import.meta.dirname, '../peers');
const c = resolve(import.meta.dirname, '../../../devices/sdk-c');

type Published = { rate: number; mb: number };

/** What an SDK costs beside the MQTT client it is built on, in the same run at the same edge; and what the C one takes of a board. */
export const sdk: Bench = {
  name: 'sdk',
  title: `${count} readings published with QoS 1 by each SDK, a hundred on their way, beside the bare MQTT client it stands on; and the C SDK’s size`,
  async run({ share, say }): Promise<Row[]> {
    const folder = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    const edge = await startEdge(folder);
    const messages = some(count, share);
    try {
      say('Node');
      const script = [join(peers, 'publish-node.ts')];
      const rows = await beside('node', 'MQTT.js', (way) =>
        publish(process.execPath, ['--disable-warning=ExperimentalWarning', ...script, way], edge.ready, messages),
      );
      const python = await prepareSdk('python');
      if ('missing' in python) say(`Python is left out: ${python.missing}`);
      else {
        say('Python');
        const args = ['-B', join(peers, 'publish_python.py')];
        rows.push(
          ...(await beside('python', 'paho-mqtt', (way) => publish(python.command, [...args, way], edge.ready, messages, python.env))),
        );
      }
      return [...rows, ...(await sizeOfC(folder, say))];
    } finally {
      await edge.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function publish(
  command: string,
  args: string[],
  { mqtt }: EdgeReady,
  messages: number,
  env: Record<string, string> = {},
): Promise<Published> {
  const { stdout } = await run(command, [...args, mqtt.url, mqtt.username, mqtt.password, String(messages)], {
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout);
}

async function beside(name: string, is: string, act: (way: 'sdk' | 'bare') => Promise<Published>): Promise<Row[]> {
  const [bare, ours] = [await act('bare'), await act('sdk')];
  return [
    {
      metric: `${name}Rate`,
      says: `${name}: readings acknowledged`,
      value: ours.rate,
      unit: '/s',
      peers: [{ is, value: bare.rate, as: `${name}RateToBare` }],
    },
    { metric: `${name}Mb`, says: `${name}: resident`, value: ours.mb, unit: 'MB', peers: [{ is, value: bare.mb, as: `${name}MbToBare` }] },
  ];
}

/** Code and memory of the C SDK as this machine's compiler makes it for size; a board's differ by its instructions and pointers. */
async function sizeOfC(folder: string, say: (line: string) => void): Promise<Row[]> {
  const sources = (await readdir(join(c, 'src'))).filter((file) => file.endsWith('.c')).map((file) => join(c, 'src', file));
  const probe = join(folder, 'probe.c');
  await writeFile(probe, '#include <stdio.h>\n#include "wayside.h"\nint main(void) { return printf("%zu", sizeof(wayside)), 0; }\n');
  try {
    await run('cc', ['-std=c99', '-Os', '-ffunction-sections', '-c', ...sources], { cwd: folder });
    const objects = (await readdir(folder)).filter((file) => file.endsWith('.o'));
    const { stdout: sections } = await run('size', objects, { cwd: folder });
    const [text, data, bss] = [0, 1, 2].map((column) =>
      sections
        .trim()
        .split('\n')
        .slice(1)
        .reduce((sum, line) => sum + Number(line.trim().split(/\s+/)[column]), 0),
    ) as [number, number, number];
    await run('cc', ['-std=c99', `-I${join(c, 'src')}`, probe, '-o', join(folder, 'probe')]);
    const { stdout: state } = await run(join(folder, 'probe'), []);
    return [
      { metric: 'cFlashBytes', says: 'C: code and constants', value: text + data, unit: 'bytes' },
      {
        metric: 'cRamBytes',
        says: 'C: state of one device, without the memory handed in',
        value: Number(state) + data + bss,
        unit: 'bytes',
      },
    ];
  } catch (error) {
    say(`C is left out: ${(error as Error).message.split('\n')[0]}`);
    return [];
  }
}
