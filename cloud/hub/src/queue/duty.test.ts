import { describe, expect, it } from 'vitest';
import type { Colleague } from '../api/types.ts';
import { startScenario } from '../scenario.ts';
import { duty } from './desk-scenario.ts';

describe('a duty', () => {
  it('is what one has said, else what one speaks at any time', async () => {
    const site = await startScenario({ deskZone: 'UTC' });
    const ada = await site.technician('Ada');
    expect((await ada('GET', '/v1/me/duty')).body).toEqual(duty);
    const mine = { ...duty, skills: ['brakes'], hours: 'Mon-Fri 08:00-18:00', most: 2 };
    expect((await ada('PUT', '/v1/me/duty', mine)).body).toEqual(mine);
    const { body } = await ada<{ colleagues: Colleague[] }>('GET', '/v1/colleagues');
    expect(body.colleagues.map(({ name, here, load }) => [name, here, load])).toEqual([
      ['Ada', true, 0],
      ['admin', false, 0],
    ]);
    for (const wrong of [{ hours: 'mornings' }, { zone: 'Atlantis' }, { languages: [] }, { most: 0 }, { skills: [''] }])
      expect((await ada('PUT', '/v1/me/duty', { ...duty, ...wrong })).status).toBe(400);
    await site.end();
  });
});
