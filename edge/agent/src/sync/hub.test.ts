import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { anyCredential, anyPem } from './any-credential.ts';
import { type Credential, readCredential, standing, writeCredential } from './credential.ts';
import { createHubDoor } from './hub.ts';
import type { HubLine } from './hub-line.ts';

describe('what an edge shows its hub', () => {
  it('is kept as text and read again; a token of before there were certificates is nothing', () => {
    const one = anyCredential();
    expect(writeCredential(readCredential(writeCredential(one)) as Credential)).toBe(writeCredential(one));
    expect(readCredential('wse_token')).toBeUndefined();
    expect(() => readCredential('{"key":"none"}')).toThrow();
  });

  it('is to be changed for the next at two thirds of its life, and while that is still to begin', () => {
    const { validFromDate, validToDate } = new X509Certificate(anyPem);
    const [from, to] = [validFromDate.getTime(), validToDate.getTime()];
    const at = (share: number) => standing(anyCredential(), from + share * (to - from));
    expect([at(-1), at(0), at(0.66), at(0.67), at(1), at(2)]).toEqual(['due', 'good', 'good', 'due', 'run-out', 'run-out']);
  });

  it('tells the time of the hub, though the clock here stands at 1970', async () => {
    const hubTime = Date.parse('2026-11-26T12:00:00Z');
    const created: number[] = [];
    const line: HubLine = async (_, { headers }) => {
      created.push(Number(/created=(\d+)/.exec(headers['signature-input'] as string)?.[1]));
      const right = created.at(-1) === hubTime / 1000;
      return new Response(JSON.stringify(right ? { envelopes: [], more: false } : { detail: 'of another minute' }), {
        status: right ? 200 : 401,
        headers: { date: new Date(hubTime).toUTCString() },
      });
    };
    const door = createHubDoor('http://hub.invalid', anyCredential(), { line, now: () => 5_000 });
    await door.down(0, 1);
    await door.down(0, 1);
    expect(created).toEqual([5, hubTime / 1000, hubTime / 1000]);
  });

  it('gets through whatever the number of its bytes: a request of a person may be larger than a line is first given', async () => {
    const got: number[] = [];
    const line: HubLine = async (_, { body }) => {
      got.push(Buffer.byteLength(body ?? ''));
      return new Response(JSON.stringify({ durableThrough: 1, quarantined: [] }));
    };
    const door = createHubDoor('http://hub.invalid', anyCredential(), { line });
    for (const more of [0, 1]) {
      const body = { text: 'x'.repeat(2 * door.room() + more) };
      await door.up({ version: 5, epoch: 'e', records: [{ seq: 1, id: 'r', kind: 'turn', at: 1, body }] } as never);
    }
    expect(got[0]! % 2).not.toBe(got[1]! % 2);
  });
});
