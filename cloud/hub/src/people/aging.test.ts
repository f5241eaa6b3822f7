import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseView } from '../api/types.ts';
import { type Edge, handoff, type Scenario, startScenario, turn } from '../scenario.ts';

const day = 86_400_000;
/** What looks into the store's files has none to look into on PostgreSQL, and is not begun there. */
const inAFile = process.env.WAYSIDE_TEST_POSTGRES === undefined;
const itInAFile = inAFile ? it : () => {};

let at: number;
let site: Scenario;
let car: Edge;

/** Days go by; the hub is started anew on each of the last three, and looks. When it stops, what it forgets is forgotten. */
async function pass(days: number): Promise<void> {
  at += (days - 2) * day;
  for (const more of [day, day, 0]) {
    await site.again();
    at += more;
  }
  await site.again();
}
const view = async (id: string) => (await site.as<CaseView>('GET', `/v1/cases/${id}`)).body;
const said = async (id: string) => (await view(id)).turns.map(({ text }) => text);
async function talk(id: string, text: string): Promise<void> {
  await car.tell('session', { session: `session-of-${id}`, at: 1, channel: 'panel', locale: 'en' });
  await car.tell('turn', turn(`t-${id}`, `session-of-${id}`, 'operator', text));
}
/** Whether a word is anywhere in the hub's files. */
async function filed(word: string): Promise<boolean> {
  const files = await readdir(site.data, { withFileTypes: true, recursive: true });
  const bytes = await Promise.all(files.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name))));
  return bytes.some((one) => one.includes(word));
}

beforeEach(async () => {
  at = Date.UTC(2026, 10, 22, 10);
  site = await startScenario({}, () => at);
  car = await site.edge('car');
});
afterEach(() => site.end());

describe('what a hub heard', () => {
  itInAFile('is forgotten a year after the last word, to the last byte, also of an edge that never comes again', async () => {
    await talk('c1', 'the quokka rattles');
    await pass(364);
    expect(await filed('quokka')).toBe(true);
    await pass(3);
    expect(await filed('quokka')).toBe(false);
  });

  it('stays with a case that is open, however long; once it is resolved for three years', async () => {
    await talk('c1', 'the quokka rattles');
    await car.tell('handoff', handoff('c1'));
    await pass(1_200);
    expect(await said('c1')).toContain('the quokka rattles');
    await site.as('POST', '/v1/cases/c1/claim');
    await site.as('POST', '/v1/cases/c1/replies', { id: 'r1', text: 'Is it the numbat?' });
    await site.as('POST', '/v1/cases/c1/resolve', { text: 'The numbat held it.', draft: false });
    await pass(1_000);
    expect(await said('c1')).toContain('the quokka rattles');
    await pass(100);
    expect(await said('c1')).toEqual([]);
    const after = await view('c1');
    expect(JSON.stringify(after)).not.toMatch(/quokka|numbat|says c1/);
    expect(after).toMatchObject({ state: 'resolved', resolution: { text: expect.stringMatching(/^Forgotten: it was older/) } });
    expect(after.handoff, 'what the machine had stays').toMatchObject({ faults: [expect.anything()] });
    if (inAFile) expect(await filed('numbat'), 'what was told down the line').toBe(false);
  });

  it('goes line by line where the conversation goes on', async () => {
    await site.end();
    site = await startScenario({ conversationDays: 10 }, () => at);
    car = await site.edge('car');
    await talk('c1', 'the quokka rattles');
    await pass(8);
    await car.tell('turn', turn('t-new', 'session-of-c1', 'operator', 'it rattles again'));
    await pass(4);
    await car.tell('handoff', handoff('c1'));
    expect(await said('c1')).not.toContain('the quokka rattles');
    expect(await said('c1')).toContain('it rattles again');
  });

  it('is forgotten when the edge forgets it by age, but not while a case is open here of which the edge knows nothing', async () => {
    await talk('c1', 'the quokka rattles');
    await talk('c2', 'the numbat squeaks');
    for (const id of ['c1', 'c2']) await car.tell('handoff', handoff(id));
    await site.as('POST', '/v1/cases/c1/claim');
    await site.as('POST', '/v1/cases/c1/resolve', { text: 'Done.', draft: false });
    const erase = { erased: [1], reason: 'it was older than conversations are kept here', why: 'age', at: 2 };
    for (const id of ['c1', 'c2']) await car.tell('erase', { ...erase, session: `session-of-${id}` });
    expect([await said('c1'), await said('c2')]).toEqual([[], expect.arrayContaining(['the numbat squeaks'])]);
    expect(
      (await car.down()).envelopes.map(({ kind }) => kind),
      'an image of the edge forgets it by itself',
    ).not.toContain('forget');
  });

  itInAFile('is forgotten again when an old copy of the store is put back', async () => {
    await talk('c1', 'the quokka rattles');
    await site.hub.stop();
    await cp(site.data, `${site.data}-old`, { recursive: true });
    await pass(400);
    expect(await filed('quokka')).toBe(false);
    await site.hub.stop();
    await rm(site.data, { recursive: true });
    await cp(`${site.data}-old`, site.data, { recursive: true });
    await rm(`${site.data}-old`, { recursive: true });
    expect(await filed('quokka')).toBe(true);
    await pass(3);
    expect(await filed('quokka')).toBe(false);
  });
});
