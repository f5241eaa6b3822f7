import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config as EdgeConfig, Running } from '@wayside/agent';
import { createHub, type Hub, type HubConfig, hubConfig, type Started } from '@wayside/hub';
import type { Ears, Generator, Synthesizer } from '@wayside/models';
import { packsRoot } from '@wayside/packs';
import { findScenario, openScenario, type Run, runScenario } from '@wayside/simulators';
import { startEdge } from './edge.ts';
import { enrolled } from './enrolled.ts';
import { freePort } from './free-port.ts';
import { loadShipped } from './shipped-packs.ts';

/** A whole site in one process: a real hub, a real edge, real devices on a real broker. Only where it lies is temporary. */
export type Site = {
  folder: string;
  hubUrl: string;
  edge(): Running;
  hub(): Started;
  startHub(): Promise<void>;
  stopHub(): Promise<void>;
  /** A code with which an edge may join the hub that runs now. */
  enrolmentCode(): Promise<string>;
  /** @param enrol a one-time code, for one that its hub knows no more */
  startEdge(enrol?: string): Promise<void>;
  stopEdge(): Promise<void>;
  /** One more edge of the same hub. It ends with the site. */
  addEdge(name: string, settings?: Partial<EdgeConfig>): Promise<{ running: Running; operator: Client }>;
  /** Plays a scenario of a pack fast; resolves when all of it was said. */
  play(scenario: string, options?: { speed?: number; thing?: string }): Promise<void>;
  /** As the person at the machine. */
  operator: Client;
  /** As the technician. */
  technician: Client;
  close(): Promise<void>;
};

export type Client = {
  get<T = any>(path: string): Promise<T>;
  post<T = any>(path: string, body?: unknown): Promise<T>;
  put<T = any>(path: string, body: unknown): Promise<T>;
  /** The response as it is, whatever its status. */
  raw(path: string, init?: RequestInit): Promise<Response>;
};

export function client(base: () => string, token: () => string): Client {
  const raw = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, base()), {
      ...init,
      headers: { authorization: `Bearer ${token()}`, ...(init.body ? { 'content-type': 'application/json' } : {}), ...init.headers },
    });
  const call = async <T>(path: string, method: string, body?: unknown): Promise<T> => {
    const response = await raw(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} → ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  return {
    raw,
    get: (path) => call(path, 'GET'),
    post: (path, body = {}) => call(path, 'POST', body),
    put: (path, body) => call(path, 'PUT', body),
  };
}

/** Waits until `look` gives something, and fails with what it last threw or saw. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false | null> | T | undefined | false | null,
  ms = 30_000,
): Promise<T> {
  const began = Date.now();
  let last: unknown;
  while (Date.now() < began + ms) {
    try {
      const found = await look();
      if (found) return found;
      last = found;
    } catch (error) {
      last = error;
    }
    // The longer it takes, the less often one looks: looking is what a long wait costs.
    await new Promise((resolve) => setTimeout(resolve, Math.min(100, 20 + (Date.now() - began) / 10)));
  }
  throw new Error(`waited ${ms} ms in vain: ${what}; last: ${String(last)}`);
}

export async function createSite(
  options: {
    deskHours?: string;
    /** What is agreed with customers, given the edge's id once it has one. */
    customers?: string;
    hub?: boolean;
    generator?: Generator;
    ears?: Ears;
    synthesizer?: Synthesizer;
    wyoming?: boolean;
    packs?: string;
    homeAssistant?: boolean;
    /** Other settings of the edge, and of the hub. */
    settings?: Partial<EdgeConfig>;
    hubSettings?: Partial<HubConfig>;
    /** What the clocks of edge and hub show. */
    clocks?: { edge(): number; hub(): number };
    /** Hears where the hub will be, before there is one. */
    onHub?(url: string): void;
  } = {},
): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-site-'));
  const hubPort = await freePort();
  const hubUrl = `http://127.0.0.1:${hubPort}`;
  options.onHub?.(hubUrl);
  const runs: Run[] = [];
  const others: Running[] = [];
  let hub: Hub | undefined;
  let started: Started | undefined;
  let edge: Running | undefined;

  async function startHub(loadPacks = loadShipped): Promise<void> {
    hub = createHub(
      hubConfig.parse({
        data: join(folder, 'hub'),
        port: hubPort,
        logLevel: 'silent',
        deskZone: 'UTC',
        generator: 'none',
        ...(options.deskHours ? { deskHours: options.deskHours } : {}),
        ...(options.customers ? { customers: options.customers } : {}),
        ...(options.packs ? { packsRoot: options.packs } : {}),
        ...options.hubSettings,
      }),
      // A password that costs little: it is not what these sites are about.
      { passwordWork: 4, loadPacks, ...(options.clocks ? { now: options.clocks.hub } : {}) },
    );
    started = await hub.start();
  }

  const site: Site = {
    folder,
    hubUrl,
    edge: () => edge as Running,
    hub: () => started as Started,
    startHub: () => startHub(),
    async stopHub() {
      await hub?.stop();
      hub = undefined;
    },
    enrolmentCode: () => (hub as Hub).createEnrolmentCode(),
    async startEdge(enrol) {
      const { generator, ears, synthesizer } = options;
      edge = await startEdge(
        {
          data: join(folder, 'edge'),
          ...(options.wyoming ? { wyomingPort: 0 } : {}),
          hubUrl,
          ...(enrol ? { enrol } : {}),
          ...(options.homeAssistant ? { homeAssistant: true } : {}),
          ...(options.packs ? { packs: options.packs } : {}),
          ...options.settings,
        },
        {
          ...(options.clocks ? { now: options.clocks.edge } : {}),
          ...(generator ? { generator } : {}),
          ...(ears ? { ears } : {}),
          ...(synthesizer ? { synthesizer } : {}),
        },
      );
    },
    async addEdge(name, settings = {}) {
      await enrolled(join(folder, name), name, hubUrl, await site.enrolmentCode());
      const running = await startEdge({ data: join(folder, name), hubUrl, ...settings });
      others.push(running);
      return {
        running,
        operator: client(
          () => running.url,
          () => running.token,
        ),
      };
    },
    async stopEdge() {
      await edge?.stop();
      edge = undefined;
    },
    async play(name, { speed = 200, thing } = {}) {
      const opened = await openScenario(await findScenario(packsRoot, name), thing ? { thing } : {});
      const { mqttPort, mqtt } = site.edge();
      const run = runScenario({ ...opened, url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt, speed });
      runs.push(run);
      await run.start();
      await run.ended;
    },
    operator: client(
      () => site.edge().url,
      () => site.edge().token,
    ),
    technician: client(
      () => hubUrl,
      () => (started as Started).token,
    ),
    async close() {
      for (const run of runs) await run.stop();
      for (const other of others) await other.stop();
      await site.stopEdge();
      await site.stopHub();
      await rm(folder, { recursive: true, force: true });
    },
  };

  // Enrolment needs the hub once; a site that begins offline has been enrolled before, as in life. For that alone a hub needs no packs.
  await startHub(options.hub === false ? async () => ({ packs: [], broken: [] }) : loadShipped);
  await enrolled(join(folder, 'edge'), 'edge-test', hubUrl, await site.enrolmentCode());
  if (options.hub === false) await site.stopHub();
  await site.startEdge();
  return site;
}
