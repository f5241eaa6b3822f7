import type { HandoffStatus } from '../api/types.ts';
import { calm } from './feelings/mood.ts';
import type { HomeCall } from './home/home.ts';
import { ended, say } from './say/wording.ts';
import type { Session } from './session.ts';
import type { Quiet } from './turn-parts.ts';

/** What the client controls is its to do; the agent says what it asked for, and nothing of its own changes. */
export function asksTheHome(session: Session, { name, arguments: given }: HomeCall): Quiet {
  const whom = String(given.name ?? given.area ?? given.floor ?? '');
  return {
    understanding: { kind: 'intent', intent: 'home', confidence: 1 },
    answer: { text: ended(`${say('homeAsked', session.locale)} ${name} ${whom}`, session.locale), rung: 'grammar', citations: [] },
    state: session.state,
    ...nothingElse,
  };
}

/** A technician is in the conversation: the words go to them, and the agent says only that. */
export function passedOn(session: Session, handoff: HandoffStatus): Quiet {
  const name = handoff.technician ?? (session.locale === 'zh' ? '技术员' : 'the technician');
  return {
    understanding: { kind: 'unknown' },
    answer: { text: session.locale === 'zh' ? `已发给${name}。` : `Sent to ${name}.`, rung: 'human', citations: [] },
    state: session.state,
    ...nothingElse,
  };
}

const nothingElse = {
  faults: [],
  sentiment: null,
  mood: calm,
  measured: { measures: {} },
  handoff: null,
  observations: [],
} satisfies Partial<Quiet>;
