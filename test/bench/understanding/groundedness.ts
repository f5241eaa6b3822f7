import { createLlamaGenerator, createModels, type Generator } from '@wayside/models';
import { loadPack, packsRoot } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import { createRandom } from '@wayside/simulators';
import { rephrase } from '../../../edge/agent/src/dialogue/generate.ts';
import { guard } from '../../../edge/agent/src/dialogue/guard.ts';
import type { Passage } from '../../../edge/agent/src/knowledge/knowledge.ts';
import { readItems } from '../../../models/bench/groundedness.ts';
import { type Bench, type Row, some } from '../measure.ts';
import { type Lie, lieAbout, sentencesIn } from './lies.ts';

type Asked = { utterance: string; locale: Locale; passages: Passage[] };

const passage = (id: string, locale: Locale, title: string, text: string): Passage => ({
  id,
  article: id,
  locale,
  title,
  heading: '',
  text,
  score: 1,
  matched: 0.4,
  active: false,
});

/** What an edge says of such a draft: grounded sentence by sentence, then guarded, as in a conversation. */
async function answered(generator: Generator, ask: Asked): Promise<{ text: string; sources: string } | undefined> {
  const cite = (some: readonly Passage[]) =>
    some.map(({ id, title, text }) => ({ kind: 'article' as const, ref: id, text: `${title} · ${text}` }));
  const said = await rephrase(generator, {
    ...ask,
    maySay: (text, cited) =>
      guard(
        text,
        cite(cited),
        cited.map((one) => one.text),
        [],
        ask.locale,
      ) === text,
  });
  return said && { text: said.text, sources: said.cited.map(({ title, text }) => `${title} ${text}`).join('\n') };
}

/** Numbers and trouble codes of an answer that stand in none of its sources. A check of its own: none of the code that is judged is asked. */
export function strangers(text: string, sources: string): string[] {
  const of = (one: string) => one.normalize('NFKC').match(/[A-Z]\d{4}|\d+(?:[.,]\d+)?/g) ?? [];
  const known = new Set(of(sources));
  return of(text).filter((one) => !known.has(one));
}

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

/** A thousand answers by a writer who lies in half of what it writes, and some by the model that is here: what gets past the checks. */
export const groundedness: Bench = {
  name: 'groundedness',
  title: 'Generated answers: numbers, codes and steps that no passage has',
  async run({ share, seed = 0, say }) {
    const random = createRandom(seed, 'groundedness');
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
    const packs = await Promise.all(
      ['vehicle', 'home-hvac', 'industrial-pump', 'air-handler'].map((name) => loadPack(`${packsRoot}/${name}`)),
    );
    const pools = packs.flatMap(({ articles }) =>
      (['en', 'zh'] as const).map((locale) =>
        articles
          .filter((one) => one.locale === locale)
          .flatMap(({ id, title, body }) =>
            body
              .split(/\n{2,}/)
              .filter((text) => sentencesIn(text).length > 1)
              .map((text, n) => passage(`${id}-${n}`, locale, title, text)),
          ),
      ),
    );
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
    const rows: Row[] = [
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
    return [...rows, ...(await byModel(share, say))];
  },
};

const share100 = ([written, passed]: [number, number]) => (100 * passed) / (written || 1);

/** Answers of the model that is here to the questions of its own set: a few, since each takes seconds. */
async function byModel(share: number, say: (line: string) => void): Promise<Row[]> {
  const models = createModels();
  const path = models.list().flatMap(({ id, task }) => (task === 'generate' ? (models.resolve(id) ?? []) : []))[0];
  if (path === undefined) {
    say('no local model is here; its answers are not measured');
    return [];
  }
  const generator = createLlamaGenerator({
    model: () => ({ id: 'here', path, languages: ['en', 'zh'] }),
    threads: 2,
    now: () => performance.now(),
  });
  await generator.start();
  try {
    let [answers, wrong] = [0, 0];
    for (const { say: utterance, locale, offered } of [...readItems('en'), ...readItems('zh')].slice(0, some(24, share))) {
      const passages = offered.passages.map(({ id, text }) => passage(id, locale, id, text));
      const got = passages.length > 0 ? await answered(generator, { utterance, locale, passages }) : undefined;
      if (!got) continue;
      answers += 1;
      const found = strangers(got.text, got.sources);
      if (found.length > 0) say(`${utterance} → ${got.text} (${found.join(', ')})`);
      wrong += Number(found.length > 0);
    }
    if (answers === 0) return [];
    return [
      {
        metric: 'modelUngrounded',
        says: `With an invented number or code, of ${answers} by the local model`,
        value: wrong,
        unit: '',
        goal: { atMost: 0 },
      },
    ];
  } finally {
    await generator.stop();
  }
}
