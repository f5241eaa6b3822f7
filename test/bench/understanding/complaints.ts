import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Embedder, readDanger, readIntents, readMidway, readReplies } from '@wayside/models';
import { loadPack, packsRoot, type WholePack } from '@wayside/packs';
import { type Locale, locales } from '@wayside/protocol';
import { openStore } from '@wayside/sqlite';
import { parse } from 'yaml';
import { compileGrammar } from '../../../edge/agent/src/dialogue/grammar/compile-grammar.ts';
import { createGrammar } from '../../../edge/agent/src/dialogue/grammar/grammar.ts';
import { newState } from '../../../edge/agent/src/dialogue/state.ts';
import { createClassify, whichSign } from '../../../edge/agent/src/dialogue/understand/classify.ts';
import { findExamples } from '../../../edge/agent/src/dialogue/understand/examples.ts';
import { createHearDanger } from '../../../edge/agent/src/dialogue/understand/hear-danger.ts';
import { createAboutOther } from '../../../edge/agent/src/dialogue/understand/other-thing.ts';
import { createPlainly } from '../../../edge/agent/src/dialogue/understand/regional.ts';
import { createRelevant } from '../../../edge/agent/src/dialogue/understand/relevant.ts';
import { understand } from '../../../edge/agent/src/dialogue/understand/understand.ts';
import { createKnowledge } from '../../../edge/agent/src/knowledge/knowledge.ts';
import { type EdgeSchema, migrations } from '../../../edge/agent/src/store/schema.ts';
import type { Bench, Row } from '../measure.ts';
import { findEmbedder } from '../support/patient-embedder.ts';

type Table = Record<string, Record<Locale, Record<string, string[]>>>;
type Told = { text: string; family: string; locale: Locale; signs: readonly string[] };
/** What becomes of a complaint: its sign is noted, it is asked which of two it is, another is noted, a person is called for danger, what the machine shows is told, or none of it. */
type Taken = 'noted' | 'offered' | 'wrong' | 'danger' | 'looked' | 'lost';

const tellsHowItIs = new Set(['why', 'status', 'faults', 'safe', 'signal', 'howto', 'complain']);

/** A third of them is only scored: which, a hash decides, so that nobody chooses. */
const isUnseen = (text: string): boolean => createHash('sha256').update(text).digest()[0]! % 3 === 0;

function readComplaints(): Told[] {
  const table: Table = parse(readFileSync(new URL('complaints.yaml', import.meta.url), 'utf8'));
  return Object.entries(table).flatMap(([family, byLocale]) =>
    locales.flatMap((locale) =>
      Object.entries(byLocale[locale]).flatMap(([signs, texts]) =>
        texts.map((text) => ({ text, family, locale, signs: signs === 'none' ? [] : signs.split('|') })),
      ),
    ),
  );
}

/** Takes a complaint as a conversation at its beginning does, on all rungs but the generator. */
async function createTaker(embedder: Embedder) {
  const families = ['vehicle', 'home-hvac', 'industrial-pump'];
  const packs: WholePack[] = await Promise.all(['core', ...families].map((name) => loadPack(`${packsRoot}/${name}`)));
  const wording = packs[0]!.wording;
  const store = await openStore<EdgeSchema>(':memory:', migrations);
  const knowledge = createKnowledge(store.db);
  for (const { family, articles } of packs) for (const article of articles) await knowledge.put({ ...article, family, version: 1 }, 'pack');
  const parts = {
    now: Date.now(),
    knowledge,
    grammar: createGrammar(compileGrammar(packs)),
    classify: createClassify({ examples: findExamples(packs), embedder, head: readIntents, replies: readReplies, midway: readMidway }),
    hearDanger: createHearDanger({ embedder, head: readDanger, wording }),
    plainly: createPlainly(wording),
    aboutOther: createAboutOther(wording),
    relevant: createRelevant({ embedder, ofPassages: embedder }),
    faults: [],
  };
  // A family's words are embedded when they are first wanted, and a sentence waits for them three seconds: here they are there from the beginning.
  for (const { family, observations } of packs)
    for (const locale of locales) {
      const [first] = Object.values(observations);
      const isThere = async () => !first || (await parts.classify(first.title[locale], { locale, family })) !== undefined;
      for (let tries = 0; tries < 100 && !(await isThere()); tries++);
    }
  return {
    close: () => store.close(),
    async take({ text, family, locale, signs }: Told): Promise<{ taken: Taken; as: string }> {
      const signals = packs.find((pack) => pack.family === family)?.thing.signals;
      const heard = await understand(text, { ...parts, signals, family, locale, state: newState(locale, 't1') });
      if (heard.kind === 'question') return { taken: 'looked', as: heard.passages[0]!.title };
      if (heard.kind !== 'intent') return { taken: 'lost', as: heard.kind };
      const { intent, slots } = heard;
      const as = `${intent} ${Object.values(slots).join(' ')}`;
      if (intent === 'observe') return { taken: slots.answer !== 'no' && signs.includes(slots.observation ?? '') ? 'noted' : 'wrong', as };
      if (intent === whichSign) return { taken: slots.signs?.split(' ').some((one) => signs.includes(one)) ? 'offered' : 'lost', as };
      if (intent === 'emergency' || intent === 'perhaps-danger') return { taken: 'danger', as };
      return { taken: tellsHowItIs.has(intent) ? 'looked' : 'lost', as };
    },
  };
}

const share = (all: readonly Taken[], ...which: Taken[]) => (100 * all.filter((one) => which.includes(one)).length) / all.length;

/** Whether what somebody tells of a machine in their own words is noted as the sign it is: then the diagnosis knows it, and what is asked next follows from it. */
export const complaints: Bench = {
  name: 'complaints',
  title: 'Complaints in words of one’s own: the sign of the pack that each tells of',
  async run({ say }) {
    const embedder = findEmbedder();
    if (!embedder) return { skipped: 'the embedder is not here (wayside models pull multilingual-e5-small)' };
    const taker = await createTaker(embedder);
    try {
      const all: (Told & { taken: Taken })[] = [];
      for (const told of readComplaints()) all.push({ ...told, taken: (await taker.take(told)).taken });
      say(`heard ${all.length} complaints`);
      const rowsOf = (locale: Locale, unseen: boolean): Row[] => {
        const its = all.filter((one) => one.locale === locale && isUnseen(one.text) === unseen);
        const taken = its.filter(({ signs }) => signs.length > 0).map((one) => one.taken);
        const others = its.filter(({ signs }) => signs.length === 0).map((one) => one.taken);
        const name = `${locale}${unseen ? 'Unseen' : ''}`;
        const whose = `${locale === 'en' ? 'English' : 'Chinese'}${unseen ? ', those nobody looks at' : ''}`;
        return [
          {
            metric: `${name}Noted`,
            says: `${whose}: noted as the right sign, of ${taken.length}`,
            value: share(taken, 'noted'),
            unit: '%',
          },
          {
            metric: `${name}Offered`,
            says: '· asked which of one or two signs it is, the right one among them',
            value: share(taken, 'offered'),
            unit: '%',
          },
          { metric: `${name}Wrong`, says: '· as another sign', value: share(taken, 'wrong'), unit: '%' },
          { metric: `${name}Danger`, says: '· taken for danger, or asked whether there is any', value: share(taken, 'danger'), unit: '%' },
          {
            metric: `${name}Strange`,
            says: `· of ${others.length} that tell of no sign: noted as one`,
            value: share(others, 'wrong'),
            unit: '%',
          },
        ];
      };
      return [false, true].flatMap((unseen) => locales.flatMap((locale) => rowsOf(locale, unseen)));
    } finally {
      await taker.close();
      await embedder.stop();
    }
  },
};
