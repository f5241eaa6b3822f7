import type { Applies, Handoff } from '@wayside/contract';
import { id as idSchema, type Locale, newId } from '@wayside/protocol';
import type { Me } from '../api/types.ts';
import { joinBodies } from '../knowledge/join-bodies.ts';
import { articleViewOf } from '../knowledge/row.ts';
import { insertArticle, saveText } from '../knowledge/write.ts';
import type { Change } from '../store/change.ts';
import { sayEvidence } from './say-evidence.ts';

type Resolution = { text: string; cause?: string | undefined };

const words = {
  en: {
    seen: 'What was seen',
    codes: 'Trouble codes',
    solved: 'What solved it',
    cause: 'Cause',
    model: 'Seen on',
    nothing: 'No signal stood out; the person described it.',
    stop: '. ',
    colon: ': ',
  },
  zh: {
    seen: '观察到的情况',
    codes: '故障码',
    solved: '解决方法',
    cause: '原因',
    model: '出现于',
    nothing: '没有明显异常的信号，由使用者描述。',
    stop: '。',
    colon: '：',
  },
} as const;

/**
 * Drafts an article from a resolved case, in the case's language: what was seen, with its evidence, what solved it, and on which machine. A
 * draft on the same cause that nobody has validated yet takes it in, instead of a second that says nearly the same.
 * Nothing about the person goes into it.
 */
export async function draftFrom(here: Change, handoff: Handoff, me: Me, resolution: Resolution): Promise<{ id: string; locale: Locale }> {
  const { locale } = handoff;
  const cause = handoff.faults.find((f) => f.fault === resolution.cause);
  const title = (cause ?? handoff.faults[0])?.title[locale] ?? handoff.summary[locale];
  const named = resolution.cause === undefined ? handoff.faults.slice(0, 1).map((f) => f.fault) : [resolution.cause];
  const family = idSchema.safeParse(handoff.thing?.family).success ? (handoff.thing?.family as string) : 'general';
  const draft = {
    id: newId('a', here.now).toLowerCase(),
    locale,
    title: oneLine(title, 200),
    body: bodyOf(handoff, resolution, locale),
    family,
    faults: named.filter((fault) => idSchema.safeParse(fault).success),
    tags: [],
    sources: [`case ${handoff.case}`],
    applies: limitsOf(handoff),
  };
  const like = resolution.cause === undefined ? undefined : await draftLike(here, draft);
  if (like) {
    const known = articleViewOf(like, 0);
    const text = {
      ...known,
      body: joinBodies(known.body, draft.body).slice(0, 50_000),
      sources: [...new Set([...known.sources, ...draft.sources])].slice(0, 50),
      applies: [...new Map([...known.applies, ...draft.applies].map((one) => [JSON.stringify(one), one])).values()].slice(0, 50),
    };
    await saveText(here, like, text, me.name, `case ${handoff.case}`);
    return { id: like.id, locale };
  }
  await insertArticle(here, draft, { by: me.name, origin: 'case', case: handoff.case });
  return { id: draft.id, locale };
}

/** The machine it was seen on, for whoever decides how far the article holds. */
function limitsOf({ thing }: Handoff): Applies[] {
  const { maker, model, firmware } = thing ?? {};
  if (maker === undefined && model === undefined) return [];
  return [{ ...(maker ? { maker } : {}), ...(model ? { model } : {}), ...(firmware ? { firmware: [firmware] } : {}) }];
}

/** A draft from another case on exactly these faults. */
async function draftLike({ tx }: Change, { family, locale, faults }: { family: string; locale: Locale; faults: string[] }) {
  return tx
    .selectFrom('article')
    .selectAll()
    .where('origin', '=', 'case')
    .where('family', '=', family)
    .where('locale', '=', locale)
    .where('faultsJson', '=', JSON.stringify(faults))
    .where('state', 'in', ['draft', 'not-validated'])
    .where('publishedJson', 'is', null)
    .orderBy('updatedAt', 'desc')
    .executeTakeFirst();
}

function bodyOf(handoff: Handoff, resolution: Resolution, locale: Locale): string {
  const say = words[locale];
  const cause = handoff.faults.find((f) => f.fault === resolution.cause);
  const about = cause ? [cause] : handoff.faults.slice(0, 1);
  const evidence = about.flatMap((fault) =>
    fault.evidence.filter((e) => e.for).map((e) => `- ${quoted(sayEvidence(e, handoff.signals)[locale])}`),
  );
  const codes = handoff.dtcs
    .filter((d) => d.state !== 'cleared')
    .map((d) => `- ${quoted(d.code)}${d.title ? `${say.colon}${quoted(d.title[locale])}` : ''}`);
  const thing = handoff.thing;
  const model = thing && [thing.maker, thing.model, thing.year].filter((part) => part !== undefined).join(' ');
  const parts = [
    `## ${say.seen}`,
    evidence.length > 0 ? [...new Set(evidence)].slice(0, 30).join('\n') : say.nothing,
    ...(codes.length > 0 ? [`## ${say.codes}`, [...new Set(codes)].slice(0, 30).join('\n')] : []),
    ...(cause ? [`## ${say.cause}`, `${quoted(cause.title[locale])}${say.stop}${quoted(cause.explanation[locale])}`] : []),
    `## ${say.solved}`,
    resolution.text,
    ...(model ? [`## ${say.model}`, quoted(`${model}${thing.firmware ? ` (${thing.firmware})` : ''}`)] : []),
  ];
  return parts.join('\n\n').slice(0, 50_000);
}

const oneLine = (text: string, longest: number): string => text.replace(/\s+/g, ' ').trim().slice(0, longest) || '-';

/** Text from a device as one line of Markdown that says what it says: no markup in it is obeyed. */
const quoted = (text: string): string => oneLine(text, 1000).replace(/[\\`*[\]<>]/g, (c) => `\\${c}`);
