import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clusters } from '../api/types.ts';
import { fault, handoff, type Scenario, startScenario, thing, turn } from '../scenario.ts';
import { csvOf } from './csv.ts';

const day = 86_400_000;
const asked = (id: string, text: string, more: object = {}) => ({
  ...handoff(id, { transcript: [turn(`${id}-t`, `session-of-${id}`, 'operator', text)] }),
  ...more,
});

describe('what keeps coming to the desk', () => {
  let site: Scenario;
  beforeAll(async () => {
    const now = Date.now();
    site = await startScenario({}, () => now);
    const edge = await site.edge('e1');
    const far = await site.edge('e2');
    const old = { ...thing(), firmware: '1.0' };
    for (const [n, text] of [
      'Why is the heater in the car so cold?',
      'The heater in the car stays cold',
      'heater cold in the car again',
    ].entries())
      await edge.tell(
        'handoff',
        asked(`c-heat-${n}`, text, { at: now - (n === 2 ? 20 : 1) * day, faults: [fault('stuck-valve')], thing: old }),
      );
    await far.tell(
      'handoff',
      asked('c-far', 'The heater in the car is cold!', { at: now - day, faults: [fault('stuck-valve')], thing: old }),
    );
    await edge.tell('handoff', asked('c-zh-1', '车里的暖气不热', { locale: 'zh', at: now, faults: [fault('stuck-valve')] }));
    await edge.tell('handoff', asked('c-zh-2', '车里暖气不热了', { locale: 'zh', at: now, faults: [fault('stuck-valve')] }));
    await edge.tell('handoff', asked('c-alone', 'My tyre looks flat', { at: now, faults: [fault('puncture')] }));
    await edge.tell('handoff', asked('c-old', 'The heater in the car is cold', { at: now - 29 * day, faults: [fault('stuck-valve')] }));
  });
  afterAll(() => site.end());
  const clusters = async (query = '') => (await site.as<Clusters>('GET', `/v1/insight/clusters${query}`)).body;

  it('is told like to like, each language for itself, with how it goes', async () => {
    const { questions } = await clusters();
    expect(questions.map(({ locale, count, recent, before }) => [locale, count, recent, before])).toEqual([
      ['en', 4, 3, 1],
      ['zh', 2, 2, 0],
    ]);
    expect(questions[0]).toMatchObject({ family: 'vehicle', faults: ['stuck-valve'] });
    expect(questions.flatMap(({ cases }) => cases)).not.toContain('c-alone');
  });

  it('is told by fault, model and firmware', async () => {
    const { faults } = await clusters();
    expect(faults.map(({ fault: id, model, firmware, count, edges }) => [id, model, firmware, count, edges])).toEqual([
      ['stuck-valve', 'Leon', '1.0', 4, 2],
      ['stuck-valve', 'Leon', null, 2, 1],
      ['puncture', 'Leon', null, 1, 1],
    ]);
    expect(faults[0], 'as grave as the fault was').toMatchObject({ severity: 'warning', safety: 'gently' });
    expect((await clusters('?days=60')).faults[1]).toMatchObject({ firmware: null, count: 3 });
    expect((await site.as('GET', '/v1/insight/clusters?days=0')).status).toBe(400);
  });

  it('goes into a spreadsheet', async () => {
    const { body, headers } = await site.as<string>('GET', '/v1/insight/faults.csv');
    expect(headers.get('content-type')).toContain('text/csv');
    expect(body.split('\r\n')[1]).toBe('stuck-valve,Fault stuck-valve,Fault stuck-valve（中文）,vehicle,Seat,Leon,1.0,4,3,1,0,2');
  });
});

it('a cell of a spreadsheet is text, whatever it says', () => {
  expect(
    csvOf(
      ['a', 'b'],
      [
        ['=HYPERLINK("x")', 'one,\n"two"'],
        [null, -5],
      ],
    ),
  ).toBe('\uFEFFa,b\r\n"\'=HYPERLINK(""x"")","one,\n""two"""\r\n,-5\r\n');
});
