import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

const day = 86_400_000;
const tenYears = 3_652 * day;

/** How far the clocks of edge and hub are moved. */
const moved = { edge: 0, hub: 0 };
const together = (by: number) => Object.assign(moved, { edge: moved.edge + by, hub: moved.hub + by });
let site: Site;
/** All that somebody asked a person for, at any time. */
const cases: string[] = [];

beforeAll(async () => {
  site = await createSite({ clocks: { edge: () => Date.now() + moved.edge, hub: () => Date.now() + moved.hub } });
}, 120_000);
afterAll(() => site.close());

/** What the edge keeps to show its hub. */
async function certificate(): Promise<X509Certificate> {
  const { hubToken } = JSON.parse(await readFile(join(site.folder, 'edge', 'identity.json'), 'utf8'));
  return new X509Certificate(JSON.parse(hubToken).certificate);
}
const serial = async () => (await certificate()).serialNumber;

async function asksForHelp(): Promise<void> {
  const { session } = await site.operator.post('/v1/sessions', { channel: 'api', locale: 'en' });
  cases.push((await site.operator.post(`/v1/sessions/${session}/handoff`)).case);
}

/** Every case is at the hub, and once. */
const allArrived = () =>
  until(
    'all that was asked for is at the hub',
    async () => {
      const there = (await site.technician.get('/v1/cases')).cases.map(({ id }: { id: string }) => id);
      return cases.every((one) => there.filter((id: string) => id === one).length === 1);
    },
    30_000,
  );
const renewedAfter = (before: string) => until('it has another certificate', async () => (await serial()) !== before, 30_000);

describe('the certificate of an edge', () => {
  it('is renewed on day 20, while edge and hub talk', async () => {
    await asksForHelp();
    await allArrived();
    const first = await serial();
    together(19 * day);
    await asksForHelp();
    await allArrived();
    expect(await serial(), 'not before').toBe(first);
    together(1.1 * day);
    await asksForHelp();
    await renewedAfter(first);
    await allArrived();
  });

  it.each([
    ['renewed on day 29, after a month without the hub', 29],
    ['renewed on day 31, when it has run out, before anything else', 31],
    ['renewed after half a year in a garage', 180],
  ])('is %s', async (_, days) => {
    const before = await serial();
    await site.stopHub();
    await asksForHelp();
    together(days * day);
    await site.startHub();
    await renewedAfter(before);
    await allArrived();
  });

  it.each([
    ['stands at 1970', () => -Date.now()],
    ['is ten years ahead', () => moved.hub + tenYears],
  ])('stays as it is when the clock of the edge %s, which locks nobody out', async (_, wrong) => {
    moved.edge = wrong();
    await asksForHelp();
    await allArrived();
    await site.stopEdge();
    // A clock that jumps between the hub's word of the time and the look at the certificate has it renewed once too often, which harms nobody.
    const before = await serial();
    await site.startEdge();
    await asksForHelp();
    await allArrived();
    expect(await serial()).toBe(before);
    moved.edge = moved.hub;
  });

  it('that has run out is renewed though the clock of the edge stands at 1970', async () => {
    const before = await serial();
    await site.stopEdge();
    together(31 * day);
    const right = moved.edge;
    moved.edge = -Date.now();
    await site.startEdge();
    await asksForHelp();
    await renewedAfter(before);
    await allArrived();
    moved.edge = right;
  });

  it('is good again when a hub whose clock was ten years ahead is put right', async () => {
    moved.hub += tenYears;
    await asksForHelp();
    await until('the hub refuses it', async () => (await site.operator.get('/v1/status')).hub.state === 'offline', 30_000);
    moved.hub -= tenYears;
    await allArrived();
  });

  it('that ran out ten years ago is replaced for a code made for this edge, and nothing is lost or there twice', {
    timeout: 120_000,
  }, async () => {
    const before = await serial();
    await site.stopHub();
    await asksForHelp();
    together(tenYears);
    await site.startHub();
    await site.stopEdge();
    await site.startEdge();
    await until('the hub refuses it', async () => (await site.operator.get('/v1/status')).hub.state === 'offline', 30_000);
    const { code } = await site.technician.post('/v1/edges/codes', { edge: 'edge-test' });
    await site.stopEdge();
    await site.startEdge(code);
    await allArrived();
    expect(await serial()).not.toBe(before);
  });
});
