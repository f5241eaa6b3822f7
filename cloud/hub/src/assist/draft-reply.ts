import { isEmergency } from '@wayside/contract';
import { createTemplateGenerator, type Generated, type GenerateRequest, type Generator, ground } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import type { AssistClaim, AssistReply, Missing } from '../api/assist-types.ts';
import type { CaseView } from '../api/types.ts';
import type { Source } from './sources.ts';

type Asked = {
  view: CaseView;
  sources: Source[];
  missing: Missing[];
  generator: Generator;
  deadlineMs: number;
  now: () => number;
  signal: AbortSignal;
  onClaim: (claim: AssistClaim) => void;
};

/**
 * Drafts what the technician could answer, in the person's language. Whoever writes, only sentences that rest on a source of this case stay, by
 * the rules that hold at the edge. A model that is absent, slow or writes nothing that stands gives way to the articles' own sentences; those to
 * the question that would help most.
 */
export async function draftReply(asked: Asked): Promise<AssistReply> {
  const { view, missing, generator, now } = asked;
  const { locale, person } = view.handoff;
  // No article is about an emergency: what it says of the fault ("drive gently") would be wrong there.
  if (isEmergency(view.handoff))
    return { text: withGreeting(inDanger[locale], person?.name, locale), citations: [], by: 'question', dropped: 0 };
  const utterance = lastSaid(view);
  const template = createTemplateGenerator({ now });
  const writers = generator.name === template.name ? [template] : [generator, template];
  let dropped = 0;
  for (const writer of writers) {
    const written = await writeGrounded(writer, asked, utterance);
    dropped += written.dropped;
    if (written.claims.length === 0) continue;
    return {
      text: withGreeting(written.claims.map(({ text }) => text).join(locale === 'zh' ? '' : ' '), person?.name, locale),
      citations: [...new Map(written.claims.map(({ citation }) => [`${citation.kind} ${citation.ref}`, citation])).values()],
      by: writer === template ? 'articles' : 'model',
      dropped,
    };
  }
  const [first] = missing;
  if (first) return { text: withGreeting(first.ask, person?.name, locale), citations: [], by: 'question', dropped };
  return { text: withGreeting(courtesy[locale], person?.name, locale), citations: [], by: 'courtesy', dropped };
}

async function writeGrounded(writer: Generator, { view, sources, deadlineMs, signal, onClaim }: Asked, utterance: string) {
  const offered = { passages: sources.map(({ id, text }) => ({ id, text })), questions: [], actions: [] };
  const claims: AssistClaim[] = [];
  let dropped = 0;
  const judge = (claim: { text: string; cite: string }) => {
    const judged = ground({ kind: 'answer', claims: [claim] }, offered, utterance);
    dropped += judged.dropped.length;
    for (const { text, cite } of judged.kept) {
      const { citation } = sources.find((source) => source.id === cite) as Source;
      if (claims.some((one) => one.text === text)) continue;
      claims.push({ text, citation });
      onClaim({ text, citation });
    }
  };
  let told = 0;
  const request: GenerateRequest = {
    utterance,
    locale: view.handoff.locale,
    offered,
    deadlineMs,
    signal,
    onClaim: (claim) => {
      told++;
      judge(claim);
    },
  };
  const generated: Generated = await writer.generate(request);
  if (generated.kind === 'draft' && generated.draft.kind === 'answer') generated.draft.claims.slice(told).forEach(judge);
  return { claims, dropped };
}

/** What the person said since somebody of the desk last wrote; else what it is about. */
function lastSaid({ turns, handoff }: CaseView): string {
  const from = turns.findLastIndex(({ by }) => by === 'technician') + 1;
  const said = turns.slice(from).flatMap(({ by, text }) => (by === 'operator' ? [text] : []));
  return (said.slice(-3).join(' ') || handoff.summary[handoff.locale]).slice(-600);
}

const inDanger = {
  en: 'Is everybody out of danger, and has help been called? Stay away from it until help is there. Tell me where you are and what you see.',
  zh: '所有人都脱离危险了吗？报警求助了吗？救援到达之前请远离现场。请告诉我您在哪里、看到了什么。',
};

const courtesy = {
  en: 'I have your case and everything the machine reported in front of me. I am looking into it and will write again shortly.',
  zh: '您的情况和设备报告的内容我都看到了，正在处理，稍后回复您。',
};

const withGreeting = (text: string, name: string | undefined, locale: Locale) =>
  name === undefined ? text : locale === 'zh' ? `${name}，您好。${text}` : `Hello ${name}. ${text}`;
