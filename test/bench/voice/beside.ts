import { setTimeout as sleep } from 'node:timers/promises';
import { createModels, createMouth, type Ears, type Synthesizer, voicesHere } from '@wayside/models';
import { createResampler, toPcm } from '@wayside/models/resample';
import { loadPacks, packsRoot } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import { familyIn } from '../../../edge/agent/src/dialogue/understand/examples.ts';
import { findSayings, sayingsOf } from '../../../edge/agent/src/voice/site-phrases.ts';
import { joined, realEars, silence } from '../../support/real-voice.ts';
import { until } from '../../support/site.ts';
import { type Bench, type Row, some } from '../measure.ts';

/** What people say beside an answer: signs of listening, and what wants the floor. */
const sayings: Record<Locale, { hums: readonly string[]; meant: readonly string[] }> = {
  en: {
    hums: [
      'Uh-huh, okay.',
      'Mm-hmm, okay.',
      'Right, I see.',
      'Oh, I see.',
      'Okay, right.',
      'Yeah, okay.',
      'Got it.',
      'Sure.',
      'All right.',
      'Okay.',
    ],
    meant: ['Stop.', 'Wait a moment.', 'No.', 'What?', 'Can I drive on?', 'Okay, but why?', 'How do I fix it?', 'Turn it off.'],
  },
  zh: {
    hums: [
      '嗯，好的。',
      '知道了。',
      '好的。',
      '对。',
      '哦，明白了。',
      '是的。',
      '好，我知道了。',
      '懂了。',
      '行。',
      '哦，好。',
      '对对。',
      '好的，明白了。',
    ],
    meant: [
      '停。',
      '停下。',
      '等一下。',
      '不对。',
      '不要。',
      '你说什么？',
      '我还能开吗？',
      '那怎么办？',
      '好，那我能开吗？',
      '为什么灯亮了？',
      '打开空调。',
      '开窗。',
    ],
  },
};
/** What is being answered meanwhile: the ears compare what they hear with it, for it might be its echo. */
const answers: Record<Locale, string> = {
  en: 'The engine misfires in cylinder one: an ignition coil that fails is the likeliest cause.',
  zh: '发动机一缸失火：最可能的原因是点火线圈损坏。',
};
/** One voice is many throats: played slower or faster, and so deeper or higher. */
const throats = [0.9, 1, 1.1];

/** A text as each throat says it. */
async function saidBy(mouth: Synthesizer, text: string, locale: Locale): Promise<Int16Array[]> {
  const pieces = await Array.fromAsync(mouth.speak({ text, locale }));
  const all = pieces.flatMap(({ sound }) => [...sound]);
  const sound = Float32Array.from(all, (x) => x / 32_768);
  return throats.map((throat) => toPcm(createResampler((pieces[0]?.rate ?? 16_000) * throat, 16_000)(sound)));
}

type Ended = 'went on' | 'taken for a turn';
/** What becomes of an answer beside which this is said. Sound goes on no faster than the ears decide, so that a busy machine changes nothing. */
async function beside(ears: Ears, locale: Locale, phrases: readonly string[], sound: Int16Array): Promise<{ ended: Ended; text: string }> {
  let [kind, text] = ['', ''];
  const stream = ears.open({
    locale,
    mode: 'open',
    bias: { phrases },
    heard(what) {
      if (what.kind === 'final' || what.kind === 'partial') text = what.text;
      if (what.kind === 'final' || what.kind === 'failed' || what.kind === 'back-channel') kind = what.kind;
    },
  });
  stream.ownVoice(true, answers[locale]);
  const all = joined(silence(1), sound, silence(0.3));
  for (let at = 0; at < all.length; at += 1_600) {
    await until('the ears to catch up', () => (ears.state().behindMs ?? 0) < 1_000, 60_000);
    stream.write(all.subarray(at, at + 1_600));
  }
  await until('the ears to catch up', () => (ears.state().behindMs ?? 0) === 0, 60_000);
  for (let n = 0; n < 120 && kind === ''; n++) {
    stream.write(silence(0.04));
    await sleep(60);
  }
  stream.close();
  return { ended: kind === 'final' || kind === 'failed' ? 'taken for a turn' : 'went on', text };
}

async function rowsOf(locale: Locale, ears: Ears, phrases: readonly string[], share: number, say: (line: string) => void): Promise<Row[]> {
  const voices = voicesHere(createModels()).filter(({ languages }) => languages.includes(locale));
  const right = { hums: [] as boolean[], meant: [] as boolean[] };
  for (const voice of voices) {
    const mouth = createMouth({ voices: () => [voice], now: () => performance.now() });
    for (const what of ['hums', 'meant'] as const)
      for (const text of sayings[locale][what].slice(0, some(12, share)))
        for (const [n, sound] of (await saidBy(mouth, text, locale)).entries()) {
          const got = await beside(ears, locale, phrases, sound);
          const good = got.ended === (what === 'hums' ? 'went on' : 'taken for a turn');
          if (!good) say(`${voice.id} × ${throats[n]}: “${text}” ${got.ended}${got.text ? `, heard as “${got.text}”` : ''}`);
          right[what].push(good);
        }
    await mouth.stop();
  }
  const row = (name: string, says: string, all: readonly boolean[]): Row => ({
    metric: `${name}${locale === 'en' ? 'En' : 'Zh'}`,
    says: `${locale}: ${says}, of ${all.length} sayings in ${voices.length} voices at three speeds`,
    value: (100 * all.filter(Boolean).length) / all.length,
    unit: '%',
  });
  return [
    row('humsPassed', '“uh-huh, okay” and its like leave the answer going', right.hums),
    row('turnsTaken', 'what wants the floor gets it', right.meant),
  ];
}

/** Whether who only hums along is told from who wants the floor, by the real ears with the sentences of a site with a car. */
export const besideAnswer: Bench = {
  name: 'beside-answer',
  title: 'Said beside an answer, in the synthetic voices at hand (words and rules were chosen with some of them in view)',
  async run({ share, say }) {
    const sets = findSayings((await loadPacks(packsRoot)).packs);
    const ears = realEars();
    const rows: Row[] = [];
    try {
      for (const locale of ['en', 'zh'] as const)
        if (ears.hears(locale)) rows.push(...(await rowsOf(locale, ears, sayingsOf(sets.get(familyIn('vehicle', locale))), share, say)));
    } finally {
      await ears.stop();
    }
    return rows.length > 0 && rows.every(({ value }) => Number.isFinite(value))
      ? rows
      : { skipped: 'no recognizer or no voice is here: npm run setup' };
  },
};
