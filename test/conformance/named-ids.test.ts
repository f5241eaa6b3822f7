import { citation, route, rung } from '@wayside/contract';
import { loadPacks, measure, packsRoot, requestKind } from '@wayside/packs';
import { type Localized, risk } from '@wayside/protocol';
import { describe, expect, it } from 'vitest';
import { en } from '../../cloud/console/src/words/en.ts';
import { zh } from '../../cloud/console/src/words/zh.ts';

const bothLanguages = (title: string | Localized | undefined) =>
  typeof title === 'object' && title.en.trim() !== '' && /\p{Script=Han}|^[\w\s./°%+-]+$/u.test(title.zh);

/** Every id of every pack that ships and that somebody may be shown, with its words. */
async function namedIds() {
  const { packs, broken } = await loadPacks(packsRoot);
  expect(broken).toEqual([]);
  return packs.flatMap(({ family, title, thing, symptoms, observations, faults, procedures, dtcs, policy, recommendations }) => {
    const parts: Record<string, Record<string, { title?: string | Localized }>> = {
      signals: thing.signals,
      actions: thing.actions,
      symptoms,
      observations,
      faults,
      procedures,
      dtcs,
      recommendations: recommendations?.recommendations ?? {},
      rules: Object.fromEntries((policy?.rules ?? []).map(({ id, because }) => [id, { title: because }])),
      skills: Object.fromEntries((policy?.skills ?? []).map(({ id, title }) => [id, { title }])),
    };
    const named = Object.entries(parts).flatMap(([part, those]) =>
      Object.entries(those).map(([id, { title }]) => ({ id: `${family} ${part} ${id}`, title })),
    );
    return [{ id: family, title }, ...named];
  });
}

describe('an id that somebody may see', () => {
  it('has words in both languages in every pack', async () => {
    const ids = await namedIds();
    expect(ids.length).toBeGreaterThan(500);
    expect(ids.filter(({ title }) => !bothLanguages(title)).map(({ id }) => id)).toEqual([]);
  });

  it.each([
    ['measures of a rule', measure.options, (w: typeof en) => w.case.measures],
    ['kinds of a request', requestKind.options, (w: typeof en) => w.case.kindsOf],
    ['kinds of a citation', citation.shape.kind.options, (w: typeof en) => w.case.kinds],
    ['rungs', rung.options, (w: typeof en) => w.case.rungs],
    ['who takes a request', route.shape.to.options, (w: typeof en) => w.case.takes],
    ['risks that are ever carried out', risk.options.filter((one) => one !== 'R3'), (w: typeof en) => w.visit.risk],
    ['effects of a rule', ['none', 'offer', 'look-on', 'handoff', 'handoff-urgent'], (w: typeof en) => w.replay.effects],
  ])('has words at the console: %s', (_, ids, of) => {
    for (const words of [en, zh as unknown as typeof en]) {
      const known = of(words) as Record<string, string>;
      expect(ids.filter((id) => !known[id])).toEqual([]);
    }
  });
});
