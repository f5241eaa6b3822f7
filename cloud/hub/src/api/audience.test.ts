import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Audience, createAudience } from './audience.ts';

const about = (id: string) => ({ event: 'case', data: { case: id } }) as const;
const asked: string[] = [];
const gone = new Set<string>();
let audience: Audience;

function open() {
  audience = createAudience(
    {
      tenants: async (of, ids) => {
        asked.push(`${of} ${ids.length}`);
        return new Map(ids.map((id) => [id, id.startsWith('alpha') ? 'alpha' : 'beta']));
      },
      gone: async (those) => {
        asked.push('gone');
        return new Set(those.filter(({ secret }) => gone.has(secret)));
      },
    },
    (error) => {
      throw error;
    },
  );
  return audience;
}
afterEach(() => {
  audience.part();
  asked.length = 0;
  gone.clear();
});

/** Somebody who listens; `slow` takes nothing more after the first write. */
function sit(secret: string, tenant: string, slow = false) {
  const heard: string[] = [];
  let ended = false;
  const write = (text: Buffer) => {
    heard.push(...[...String(text).matchAll(/"case":"(.*?)"/g)].map(([, id]) => id as string));
    return !slow;
  };
  const seat = audience.join({ secret, hash: secret, tenant, technician: secret, write, end: () => (ended = true) });
  return { heard, seat, isOver: () => ended };
}

describe('who listens', () => {
  it('hears each change of their own once, asked about once for all', async () => {
    open();
    const [all, alpha, beta] = [sit('s1', '*'), sit('s2', 'alpha'), sit('s3', 'beta')];
    for (const id of ['alpha-1', 'beta-1', 'alpha-1']) audience.tell(about(id));
    await expect.poll(() => all.heard).toEqual(['alpha-1', 'beta-1']);
    await expect.poll(() => alpha.heard).toEqual(['alpha-1']);
    await expect.poll(() => beta.heard).toEqual(['beta-1']);
    expect(asked.filter((one) => one === 'case 2' || one === 'case 1').length).toBeLessThanOrEqual(2);
  });

  it('and is slow gets the rest when they take it, the same thing once, and keeps nobody waiting', async () => {
    open();
    const [slow, quick] = [sit('s1', '*', true), sit('s2', '*')];
    audience.tell(about('a'));
    await expect.poll(() => slow.heard).toEqual(['a']);
    for (const id of ['b', 'c', 'b']) {
      audience.tell(about(id));
      await expect.poll(() => quick.heard.at(-1)).toBe(id);
    }
    expect(slow.heard).toEqual(['a']);
    slow.seat.drained();
    expect(slow.heard).toEqual(['a', 'b', 'c']);
  });

  it('and takes nothing for too long is sent off, to come again and fetch all', async () => {
    open();
    const [slow, quick] = [sit('s1', '*', true), sit('s2', '*')];
    audience.tell(about('first'));
    await expect.poll(() => slow.heard).toEqual(['first']);
    for (let n = 0; n < 3_000; n++) audience.tell(about(`c${n}`));
    await expect.poll(slow.isOver).toBe(true);
    expect(quick.isOver()).toBe(false);
    expect(audience.count()).toBe(1);
  });

  it('and was signed out hears nothing of what comes then', async () => {
    open();
    const [one, other] = [sit('s1', '*'), sit('s2', '*')];
    gone.add('s1');
    audience.tell(about('a'));
    await expect.poll(() => other.heard).toEqual(['a']);
    expect([one.heard, one.isOver()]).toEqual([[], true]);
  });

  it('keeps the event loop free, though thousands are told', async () => {
    open();
    const crowd = Array.from({ length: 3_000 }, (_, n) => sit(`s${n}`, '*'));
    let turns = 0;
    let over = false;
    const count = () => {
      turns++;
      if (!over) setImmediate(count);
    };
    audience.tell(about('a'));
    count();
    await expect.poll(() => crowd.every(({ heard }) => heard.length === 1)).toBe(true);
    over = true;
    expect(turns).toBeGreaterThan(1);
    await sleep(0);
  });
});
