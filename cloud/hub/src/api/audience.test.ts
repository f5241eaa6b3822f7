import { describe, expect, it } from 'vitest';
import { createAudience } from './audience.ts';

const about = (id: string) => ({ event: 'case', data: { case: id } }) as const;

describe('a listener', () => {
  it('hears each change once, however often it is told before it listens', async () => {
    const audience = createAudience();
    const listener = audience.join();
    for (const id of ['a', 'b', 'a', 'a']) audience.tell(about(id));
    expect([await listener.next(0), await listener.next(0), await listener.next(0)]).toEqual([about('a'), about('b'), undefined]);
  });

  it('is woken by news and by leaving', async () => {
    const audience = createAudience();
    const listener = audience.join();
    const heard = listener.next(60_000);
    audience.tell(about('a'));
    expect(await heard).toEqual(about('a'));
    const nothing = listener.next(60_000);
    listener.leave();
    expect(await nothing).toBeUndefined();
    expect(audience.count()).toBe(0);
  });
});
