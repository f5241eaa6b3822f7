import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { config, type Running, runEdge } from '@wayside/agent';
import type { ThingView, Transcript } from '@wayside/agent/api-types';
import { packsRoot } from '@wayside/packs';
import type { Value } from '@wayside/protocol';
import { version } from '../version.ts';

/** A real edge of its own, in a folder that goes with it, asked through its own API. */
export type TestEdge = {
  mqttPort: number;
  /** A device's own secret: it may speak for its own thing alone. */
  letIn(thing: string): Promise<{ username: string; password: string }>;
  thing(id: string): Promise<ThingView | undefined>;
  samples(id: string, signal: string, from: number): Promise<[number, Value][]>;
  /** Proposes a command, agrees to it, and waits for its end. */
  command(thing: string, action: string, args: Record<string, Value>): Promise<{ state: string; detail?: string }>;
  stop(): Promise<void>;
};

export async function startTestEdge(): Promise<TestEdge> {
  const data = await mkdtemp(join(tmpdir(), 'wayside-conformance-'));
  // What no edge can do without: what it knows of cars is none of a device's business, and to make it ready would take three seconds.
  const packs = join(data, 'known');
  for (const name of ['core', 'generic']) await cp(join(packsRoot, name), join(packs, name), { recursive: true });
  const edge = await runEdge(config.parse({ data, packs, port: 0, mqttPort: 0, generator: 'none', logLevel: 'silent' }), version);
  const call = (path: string, body?: unknown) => ask(edge, path, body);
  return {
    mqttPort: edge.mqttPort,
    letIn: async (device) => (await call('/v1/devices', { device })) as { username: string; password: string },
    thing: async (id) => ((await call('/v1/things')) as { things: ThingView[] }).things.find((thing) => thing.id === id),
    async samples(id, signal, from) {
      const query = `signal=${signal}&from=${from}&to=${Date.now() + 60_000}`;
      return ((await call(`/v1/things/${id}/samples?${query}`)) as { points: [number, Value][] }).points;
    },
    async command(thing, action, args) {
      const { session } = (await call('/v1/sessions', { channel: 'api', locale: 'en', thing })) as { session: string };
      const proposed = (await call(`/v1/sessions/${session}/commands`, { action, args })) as { command: string };
      await call(`/v1/sessions/${session}/commands/${proposed.command}/consent`, {});
      for (const end = Date.now() + 15_000; Date.now() < end; await new Promise((wait) => setTimeout(wait, 50))) {
        const { commands = [] } = (await call(`/v1/sessions/${session}`)) as Transcript;
        const one = commands.find(({ command }) => command === proposed.command);
        if (one && !['proposed', 'consented', 'running', 'reading-back'].includes(one.state)) {
          const detail = one.detail ?? one.why?.en;
          return { state: one.state, ...(detail ? { detail } : {}) };
        }
      }
      throw new Error(`${action} had no end within 15 s`);
    },
    async stop() {
      await edge.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function ask({ url, token }: Running, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(new URL(path, url), {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`the edge answered ${response.status} to ${path}: ${(await response.text()).slice(0, 300)}`);
  return response.json();
}
