import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { freePort } from '../../support/free-port.ts';
import { waitFor } from '../measure.ts';

export type NodeRed = { port: number; pids: number[]; onAlarm(tell: (thing: string) => void): void; stop(): Promise<void> };

const version = '4.1.15';

/** One exponentially weighted mean for each device and a threshold on the distance to it: the least that raises an alarm. */
const flow = (port: number) => [
  { id: 'flow', type: 'tab', label: 'EWMA threshold' },
  {
    id: 'broker',
    type: 'mqtt-broker',
    broker: '127.0.0.1',
    port: String(port),
    clientid: 'node-red',
    autoConnect: true,
    protocolVersion: '4',
    keepalive: '60',
    cleansession: true,
  },
  {
    id: 'in',
    type: 'mqtt in',
    z: 'flow',
    topic: 'wayside/v1/things/+/telemetry',
    qos: '1',
    datatype: 'json',
    broker: 'broker',
    wires: [['mean']],
  },
  {
    id: 'mean',
    type: 'function',
    z: 'flow',
    func: `const thing = msg.topic.split('/')[3];
const value = msg.payload.signals.temperature;
const mean = context.get(thing) ?? value;
if (Math.abs(value - mean) > 50) return { topic: 'alarm/' + thing, payload: String(value) };
context.set(thing, mean + 0.2 * (value - mean));`,
    outputs: 1,
    wires: [['out']],
  },
  { id: 'out', type: 'mqtt out', z: 'flow', topic: '', qos: '0', retain: 'false', broker: 'broker', wires: [] },
];

/**
 * Mosquitto (from the machine's PATH, `set_tcp_nodelay true`) with Node-RED (fetched by npm into the cache once) behind it.
 * @returns or why it cannot be had here
 */
export async function startNodeRed(folder: string, say: (line: string) => void): Promise<NodeRed | { missing: string }> {
  if (spawnSync('mosquitto', ['-h']).error)
    return { missing: 'Mosquitto is not installed (Debian: apt-get install mosquitto), so there is nothing to compare with' };
  const red = await nodeRedProgram(say);
  if (!red) return { missing: `npm could not fetch node-red@${version}, so there is nothing to compare with` };
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const settings = `module.exports = { flowFile: 'flows.json', httpAdminRoot: false, httpNodeRoot: false, uiHost: '127.0.0.1', uiPort: ${await freePort()}, credentialSecret: false, telemetry: { enabled: false } }`;
  await writeFile(join(folder, 'settings.js'), settings);
  await writeFile(join(folder, 'flows.json'), JSON.stringify(flow(port)));
  await writeFile(
    join(folder, 'mosquitto.conf'),
    `listener ${port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\nmax_queued_messages 0\nmax_inflight_messages 0\n`,
  );
  const mosquitto = spawn('mosquitto', ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' });
  const nodeRed = spawn(process.execPath, [red, '-u', folder, '-s', join(folder, 'settings.js')], { stdio: ['ignore', 'pipe', 'ignore'] });
  let log = '';
  nodeRed.stdout.on('data', (data) => {
    log += data;
  });
  await waitFor('Node-RED at its broker', async () => log.includes('Connected to broker'), 60_000);
  const listener = await connectAsync(`mqtt://127.0.0.1:${port}`);
  await listener.subscribeAsync('alarm/+');
  return {
    port,
    pids: [mosquitto.pid!, nodeRed.pid!],
    onAlarm: (tell) => void listener.on('message', (topic) => tell(topic.slice('alarm/'.length))),
    async stop() {
      await listener.endAsync(true);
      for (const child of [nodeRed, mosquitto]) {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await gone;
      }
    },
  };
}

async function nodeRedProgram(say: (line: string) => void): Promise<string | undefined> {
  const home = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'wayside-bench', `node-red-${version}`);
  const program = join(home, 'node_modules/node-red/red.js');
  if (existsSync(program)) return program;
  say(`fetching node-red@${version}`);
  await mkdir(home, { recursive: true });
  const { status } = spawnSync('npm', ['install', '--prefix', home, '--no-audit', '--no-fund', '--loglevel=error', `node-red@${version}`], {
    stdio: 'ignore',
  });
  return status === 0 && existsSync(program) ? program : undefined;
}
