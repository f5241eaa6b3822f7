import { availableParallelism } from 'node:os';
import { createLlamaGenerator, createModels } from '@wayside/models';
import { measureBareLoop } from '../../models/bench/bare-loop.ts';
import { readItems } from '../../models/bench/groundedness.ts';
import { type Bench, median, type Row, some } from './measure.ts';

const deadlineMs = 60_000;

/** Our generator on the questions the bare loop is asked: first token and rate, as it measures them. */
async function measureOurs(id: string, path: string, items: number): Promise<{ first: number; perSecond: number; answer: number }> {
  const now = () => performance.now();
  const generator = createLlamaGenerator({ model: () => ({ id, path, languages: ['en', 'zh'] }), threads: availableParallelism(), now });
  const [firsts, rates, answers]: [number[], number[], number[]] = [[], [], []];
  await generator.start();
  try {
    for (const [index, { say, offered }] of readItems('en').slice(0, items).entries()) {
      const shown = { ...offered, passages: offered.passages.slice(0, 2) };
      const generated = await generator.generate({ utterance: say, locale: 'en', offered: shown, deadlineMs });
      // The first turn pays for loading and for the system text.
      if (index === 0 || generated.kind !== 'draft') continue;
      const { tokens, ms, firstTokenMs } = generated;
      firsts.push(firstTokenMs);
      answers.push(ms);
      if (tokens > 20) rates.push((1_000 * tokens) / (ms - firstTokenMs));
    }
  } finally {
    await generator.stop();
  }
  if (firsts.length === 0) throw new Error(`The generator ${id} wrote nothing.`);
  return { first: median(firsts), perSecond: median(rates), answer: median(answers) };
}

/** Our generator (own process, grammar, deadline) beside the library's own loop on the same models and questions. */
export const generator: Bench = {
  name: 'generator',
  title: 'Generator: our process and grammar beside node-llama-cpp’s own bare loop, same models, same English questions',
  async run({ share, say }): Promise<Row[] | { skipped: string }> {
    const models = createModels();
    const here = models.list().flatMap(({ id, task }) => {
      const path = task === 'generate' ? models.resolve(id) : undefined;
      return path ? [{ id, path }] : [];
    });
    if (here.length === 0) return { skipped: 'no model is on this machine; run: npx wayside models pull' };
    const rows: Row[] = [];
    for (const { id, path } of here) {
      say(`${id}: ours`);
      const ours = await measureOurs(id, path, Math.min(9, some(9, share)));
      say(`${id}: the bare loop`);
      const bare = await measureBareLoop(path, availableParallelism());
      const is = 'bare loop';
      rows.push(
        {
          metric: `${id}.firstTokenMs`,
          says: `${id}: first token`,
          value: ours.first,
          unit: 'ms',
          peers: [{ is, value: bare.bareFirstTokenMs, as: `${id}.firstTokenToBareLoop` }],
        },
        {
          metric: `${id}.tokensPerSecond`,
          says: `${id}: tokens`,
          value: ours.perSecond,
          unit: '/s',
          peers: [{ is, value: bare.bareTokensPerSecond, as: `${id}.rateToBareLoop` }],
        },
        { metric: `${id}.answerMs`, says: `${id}: whole answer`, value: ours.answer, unit: 'ms' },
      );
    }
    return rows;
  },
};
