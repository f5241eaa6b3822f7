import type { Generator } from '@wayside/models';
import { createRandom } from '@wayside/simulators';
import { type Bench, some } from '../measure.ts';
import { answered, passagesOfPacks, strangers } from './answered.ts';
import { type Lie, lieAbout, sentencesIn } from './lies.ts';

/** A writer who mixes what a passage says with what it does not. */
function liar(drafts: (ask: string) => { text: string; cite: string }[]): Generator {
  return {
    name: 'liar',
    start: async () => {},
    stop: async () => {},
    stats: () => ({ state: 'ready', languages: ['en', 'zh'] }),
    generate: async ({ utterance }) => ({
      kind: 'draft',
      draft: { kind: 'answer', claims: drafts(utterance) },
      tokens: 0,
      ms: 0,
      firstTokenMs: 0,
    }),
  };
}

/** A thousand answers by a writer who lies in half of what it writes: what gets past the checks. */
export const groundedness: Bench = {
  name: 'groundedness',
  title: 'Generated answers: numbers, codes and steps that no passage has',
  async run({ share, seed = 0, say }) {
    const random = createRandom(seed, 'groundedness');
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
    const pools = await passagesOfPacks();
    const told: Record<Lie, [written: number, passed: number]> = {
      number: [0, 0],
      code: [0, 0],
      step: [0, 0],
      turned: [0, 0],
      source: [0, 0],
    };
    let [answers, ungrounded, truths, kept] = [0, 0, 0, 0];
    const count = some(1_000, share);
    for (let tries = 0; answers < count && tries < count * 4; tries++) {
      const pool = pick(pools.filter((one) => one.length > 3));
      const passages = [pick(pool), pick(pool), pick(pool)].filter((one, n, all) => all.findIndex(({ id }) => id === one.id) === n);
      const [first, ...others] = passages;
      if (!first || others.length === 0) continue;
      const truth = sentencesIn(first.text)
        .filter((text) => !/[?？]$/.test(text))
        .slice(0, 2);
      const lies = (Object.keys(told) as Lie[]).flatMap((kind) => {
        const lie = lieAbout(kind, pick(truth), others[0]!.text, first.locale, random);
        return lie === undefined || first.text.includes(lie) ? [] : [{ kind, lie }];
      });
      if (truth.length === 0 || lies.length === 0) continue;
      const claims = [...truth, ...lies.map(({ lie }) => lie)].map((text) => ({ text, cite: first.id }));
      const got = await answered(
        liar(() => claims),
        { utterance: first.title, locale: first.locale, passages },
      );
      answers += 1;
      truths += truth.length;
      kept += truth.filter((text) => got?.text.includes(text)).length;
      const passed = lies.filter(({ lie }) => got?.text.includes(lie));
      for (const { kind } of lies) told[kind][0] += 1;
      for (const { kind, lie } of passed) {
        told[kind][1] += 1;
        say(`${kind}: ${lie}`);
      }
      const isWrong =
        passed.some(({ kind }) => kind !== 'turned' && kind !== 'source') || (got && strangers(got.text, got.sources).length > 0);
      ungrounded += Number(Boolean(isWrong));
    }
    return [
      {
        metric: 'ungrounded',
        says: `Answers with an invented number, code or step, of ${answers} by a writer who lies`,
        value: ungrounded,
        unit: '',
        goal: { atMost: 0 },
      },
      {
        metric: 'turned',
        says: 'Sentences turned into their opposite that pass',
        value: share100(told.turned),
        unit: '%',
      },
      { metric: 'source', says: 'Sentences of another passage under its name that pass', value: share100(told.source), unit: '%' },
      { metric: 'kept', says: 'True sentences beside them that are kept', value: (100 * kept) / (truths || 1), unit: '%' },
    ];
  },
};

const share100 = ([written, passed]: [number, number]) => (100 * passed) / (written || 1);
