import { type ChildProcess, fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { demoThings } from '@wayside/simulators';
import { dataFolder } from './data-folder.ts';
import { letIn } from './devices.ts';
import { edgeArgs, lightArgs, lightEnv } from './light.ts';
import { stopOnSignal } from './settings.ts';

type Flags = {
  data?: string;
  host?: string;
  edgePort?: string;
  hubPort?: string;
  mqttPort?: string;
  things: boolean;
  generator?: string;
  json?: boolean;
  logLevel?: string;
};
type HubReady = { url: string; token: string; console: string; enrolmentCode: string; firstAdmin?: { name: string; password: string } };
type EdgeReady = { edge: string; url: string; token: string; panel: string; mqtt: { url: string; username: string; password: string } };

/**
 * `wayside up`: hub, edge and things, each in a process of its own, so that what breaks one leaves the others.
 * A part that dies later is started again with the same settings; one that cannot start at all ends the command with its reason.
 */
export async function up(flags: Flags): Promise<void> {
  const data = resolve(flags.data ?? 'data');
  await dataFolder(data);
  const parts = new Set<Part>();
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const begin = async <Ready>(name: string, args: string[], env: Record<string, string>, pinned: (ready: Ready) => string[]) => {
    const part = new Part(name, args, env, say);
    parts.add(part);
    const ready = await part.start<Ready>();
    part.pin(pinned(ready));
    return ready;
  };
  const stop = async () => {
    // Ctrl-C reaches every process at once: from here on, a part that ends is not one that failed.
    for (const part of parts) part.expectEnd();
    // Things first, hub last: what is still said finds somebody to hear it.
    for (const part of [...parts].reverse()) await part.stop();
  };
  stopOnSignal(stop);

  const common = [...(flags.host ? ['--host', flags.host] : []), '--log-level', flags.logLevel ?? 'warn'];
  try {
    const hub = await begin<HubReady>(
      'hub',
      ['hub', '--data', join(data, 'hub'), ...option('--port', flags.hubPort), ...common],
      {},
      (ready) => ['--port', new URL(ready.url).port],
    );
    const edge = await begin<EdgeReady>(
      'edge',
      [
        ...['edge', '--data', join(data, 'edge'), '--hub-url', hub.url],
        ...[
          ...option('--port', flags.edgePort),
          ...option('--mqtt-port', flags.mqttPort),
          ...option('--generator', flags.generator),
          ...common,
        ],
      ],
      { WAYSIDE_ENROL: hub.enrolmentCode },
      (ready) => ['--port', new URL(ready.url).port, '--mqtt-port', new URL(ready.mqtt.url).port],
    );
    const things = flags.things
      ? await begin<{ things: string[] }>(
          'things',
          ['simulate', '--demo', '--mqtt', edge.mqtt.url],
          { WAYSIDE_MQTT_LOGINS: JSON.stringify(await loginsFor(edge, await demoThings())) },
          () => [],
        )
      : { things: [] };
    // So that `wayside talk` and `wayside simulate` in another terminal find this site without being told.
    await writeFile(join(data, 'site.json'), JSON.stringify({ edge, hub: { url: hub.url }, things: things.things }, null, 2), {
      mode: 0o600,
    });
    if (flags.json) {
      process.stdout.write(
        `${JSON.stringify({ ready: true, panel: edge.panel, console: hub.console, edge: { url: edge.url, token: edge.token }, hub: { url: hub.url, token: hub.token }, mqtt: edge.mqtt, things: things.things })}\n`,
      );
    } else process.stdout.write(welcome(hub, edge, things.things));
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Each simulated thing has a secret of its own, as a real one would: new at each start, and told to its process alone. */
async function loginsFor({ url, token }: EdgeReady, things: string[]): Promise<Record<string, { username: string; password: string }>> {
  const logins: Record<string, { username: string; password: string }> = {};
  for (const thing of things) {
    const { username, password } = await letIn(url, token, { device: thing, anew: true });
    logins[thing] = { username, password };
  }
  return logins;
}

const option = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value]);

function welcome(hub: HubReady, edge: EdgeReady, things: string[]): string {
  return `
Wayside is up.

  Panel    ${edge.panel}
           for the person at the machine. Ask: “Why did the warning light come on?”
  Console  ${hub.console}
           for the technician.${hub.firstAdmin ? ` Later sign in as ${hub.firstAdmin.name} with ${hub.firstAdmin.password} (shown only now).` : ''}
  Devices  ${edge.mqtt.url}   user ${edge.mqtt.username}   password ${edge.mqtt.password}
           from this machine; each other one gets a secret of its own: npm run wayside -- devices add <thing>
${things.length > 0 ? `  Things   ${things.join(', ')} (simulated)\n` : ''}
  Each link works once; “npm run wayside -- link” makes new ones.
  In another terminal: npm run wayside -- talk   ·   npm run wayside -- simulate --list
  Ctrl-C stops everything.
`;
}

/** One part of the site: a child process, kept alive. */
class Part {
  private readonly name: string;
  private args: string[];
  /** Secrets travel here, never on a command line that `ps` shows. */
  private readonly env: Record<string, string>;
  private readonly say: (line: string) => void;
  private child: ChildProcess | undefined;
  private stopping = false;
  private failures = 0;

  constructor(name: string, args: string[], env: Record<string, string>, say: (line: string) => void) {
    this.name = name;
    this.args = args;
    this.env = env;
    this.say = say;
  }

  /** Resolves with what the part says when it is ready. Throws `unavailable` when it ends before that. */
  start<Ready>(): Promise<Ready> {
    return new Promise((done, reject) => {
      const child = fork(new URL('./wayside.ts', import.meta.url), this.args, {
        env: { ...lightEnv(process.env), ...this.env },
        stdio: ['ignore', 2, 2, 'ipc'],
        // For all else an edge makes itself light.
        execArgv: this.name === 'edge' ? edgeArgs : lightArgs,
      });
      this.child = child;
      let ready = false;
      child.once('message', (message) => {
        ready = true;
        this.failures = 0;
        done((message as { ready: Ready }).ready);
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        if (this.stopping) return;
        if (!ready && this.failures === 0)
          return reject(new WaysideError('unavailable', `The ${this.name} did not start; what it said stands above.`));
        const wait = Math.min(10_000, 250 * 2 ** this.failures++);
        this.say(`wayside: the ${this.name} ended (${signal ?? code}); starting it again`);
        setTimeout(() => !this.stopping && this.start().catch(() => {}), wait);
      });
    });
  }

  /** Where it was found when it first was ready it is found again: port 0 means any port once, not another at each start. */
  pin(args: string[]): void {
    this.args = [...this.args, ...args];
  }

  /** Its end, when it comes, is wanted: it is not started again. */
  expectEnd(): void {
    this.stopping = true;
  }

  async stop(): Promise<void> {
    this.expectEnd();
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 8_000);
    await gone;
    clearTimeout(late);
  }
}
