import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { call } from '../../../cloud/hub/src/scenario.ts';
import { type Bench, quantile, type Row, some, timed } from '../measure.ts';
import { personOf, startFilledHub, wordAt } from './filled-hub.ts';
import { plot } from './plot.ts';

const sizes = [
  { cases: 10_000, articles: 500 },
  { cases: 100_000, articles: 5_000 },
  { cases: 1_000_000, articles: 50_000 },
];
const asked = 60;

/** As somebody types: a name, a rare word, two words, a common word; each whole or half. */
function typed(n: number): string {
  const [name, first, second] = [personOf(n * 17).split(' ')[1]!, wordAt(n * 31), wordAt(n * 13)];
  const all = [name, name.slice(0, 4), first, first.slice(0, 5), `${first} ${second.slice(0, 4)}`, `noise ${first}`, 'noise', 'noi'];
  return `/v1/cases?q=${encodeURIComponent(all[n % all.length]!)}`;
}

const picture = resolve(import.meta.dirname, '../../../docs/images/hub-growth.svg');

function drawn(rows: readonly Row[]): string {
  const line = (name: string) => ({
    name,
    points: rows.filter(({ metric }) => metric.startsWith(name)).map(({ value }, i) => ({ x: sizes[i]!.cases, y: value })),
  });
  return plot(
    'Answered within, p95, by cases held (a twentieth as many articles)',
    'ms',
    [line('queue'), line('find'), line('search'), line('insight')],
    50,
  );
}

/** How the queue, the search for articles and the desk's figures grow with what a hub has come to hold. One case in fifty is open. */
export const growth: Bench = {
  name: 'hub-growth',
  title: 'The queue as a technician sees it, and articles found while typing, by how much there is',
  async run({ share, say }): Promise<Row[]> {
    const rows: Row[] = [];
    for (const [i, size] of sizes.entries()) {
      const [cases, articles] = [some(size.cases, share), some(size.articles, share)];
      say(`${cases} cases, ${articles} articles`);
      const hub = await startFilledHub({ edges: 1_000, cases, articles });
      const ask = async (path: string) => {
        const { ms, got } = await timed(() => call(hub.ready.url, 'GET', path, { token: hub.ready.token }));
        if (got.status !== 200) throw new Error(`${path} answered ${got.status}`);
        return ms;
      };
      const p95 = async (path: (n: number) => string) => {
        const took: number[] = [];
        await ask(path(0));
        for (let n = 1; n <= some(asked, Math.max(share, 0.2)); n++) took.push(await ask(path(n)));
        return quantile(took, 0.95);
      };
      try {
        const largest = i === sizes.length - 1;
        const goal = largest ? { goal: { atMost: 50 } } : {};
        const [k, a] = [`${size.cases / 1_000}k`, `${size.articles / 1_000}k`.replace('0.5k', '500')];
        rows.push(
          {
            metric: largest ? 'queueP95Ms' : `queue${k}P95Ms`,
            says: `Queue, ${k} cases, p95`,
            value: await p95(() => '/v1/cases'),
            unit: 'ms',
            ...goal,
          },
          {
            metric: largest ? 'findP95Ms' : `find${k}P95Ms`,
            says: `Open cases found by words, ${k} cases, p95`,
            value: await p95(typed),
            unit: 'ms',
            ...goal,
          },
          {
            metric: largest ? 'resolvedFoundP95Ms' : `resolvedFound${k}P95Ms`,
            says: `Resolved cases found by words, ${k} cases, p95`,
            value: await p95((n) => `${typed(n)}&state=resolved`),
            unit: 'ms',
            ...goal,
          },
          {
            metric: largest ? 'insightP95Ms' : `insight${k}P95Ms`,
            says: `Figures of the desk, ${k} cases, p95`,
            value: await p95(() => '/v1/insight'),
            unit: 'ms',
            ...(largest ? { goal: { atMost: 100 } } : {}),
          },
          {
            metric: largest ? 'searchP95Ms' : `search${a}P95Ms`,
            says: `Search, ${a} articles, p95`,
            value: await p95((n) => `/v1/articles?q=${wordAt(n * 7)}%20${wordAt(n * 13).slice(0, 5)}`),
            unit: 'ms',
            ...goal,
          },
        );
      } finally {
        await hub.end();
      }
    }
    if (share === 1) await writeFile(picture, drawn(rows));
    return rows;
  },
};
