import type { Answer, HandoffStatus, SessionEvent, TurnAnswered } from '@wayside/agent/api-types';
import type { Client } from '../../support/site.ts';

/** One thing the agent said, as it reaches the person. */
export type Heard = {
  text: string;
  answer?: Answer;
  /** It said so by itself, not in answer to anything. */
  unasked: boolean;
  /** It said that it did not understand, and nothing else that helps. */
  lost: boolean;
  handoff: HandoffStatus | null;
  /** What it thinks is wrong, worst first. */
  faults: { fault: string; safety: string; severity: string }[];
};

/** How a person and the agent talk. By text today; a line that speaks and listens has the same four acts. */
export type Line = {
  say(text: string): Promise<Heard>;
  /** What the agent said by itself since it was last asked, oldest first. */
  unasked(): Heard[];
  /** Waits until the agent tells that a command or a repair has come to its end, and what it says about it. */
  news(kind: 'command' | 'repair', ms: number): Promise<boolean>;
  hangUp(): Promise<void>;
};

/** A conversation by text through the edge's own doors: turns by HTTP, what it says by itself by server-sent events. */
export async function openTextLine(
  site: Client,
  ask: { locale: 'en' | 'zh'; thing: string; person?: string },
): Promise<Line & { session: string }> {
  const { session } = await site.post<{ session: string }>('/v1/sessions', { channel: 'text', ...ask });
  const ended = new AbortController();
  const events = await site.raw(`/v1/sessions/${session}/events`, { signal: ended.signal });
  const waiting: Heard[] = [];
  const told: { command: number; repair: number } = { command: 0, repair: 0 };
  const own = new Set<string>();
  let wake = () => {};
  /** An outcome is told before the words about it. */
  let wordsDue: 'command' | 'repair' | undefined;

  const take = ({ event, data }: SessionEvent) => {
    if (event === 'outcome') wordsDue = 'command' in data ? 'command' : 'repair';
    if (event === 'turn' && data.by === 'agent' && !own.has(data.id)) {
      waiting.push({
        text: data.text,
        ...(data.answer ? { answer: data.answer } : {}),
        unasked: true,
        lost: false,
        handoff: null,
        faults: [],
      });
      if (wordsDue) told[wordsDue]++;
      wordsDue = undefined;
    }
    wake();
  };
  const reading = read(events, take).catch(() => {});

  return {
    session,
    async say(text) {
      const id = `t-${session}-${own.size}`;
      own.add(`${id}.a`);
      const { understanding, answer, faults, handoff } = await site.post<TurnAnswered>(`/v1/sessions/${session}/turns`, { text, id });
      const tells = answer.citations.some(({ kind }) => kind === 'fault');
      // Who only looks on takes nothing over: the person goes on with the agent.
      const takenOver = handoff?.attention === 'looks-on' ? null : handoff;
      return { text: answer.text, answer, unasked: false, lost: understanding.kind === 'unknown' && !tells, handoff: takenOver, faults };
    },
    unasked: () => waiting.splice(0),
    async news(kind, ms) {
      const end = performance.now() + ms;
      while (told[kind] === 0 && performance.now() < end)
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, 20);
        });
      if (told[kind] === 0) return false;
      told[kind]--;
      return true;
    },
    async hangUp() {
      ended.abort();
      await reading;
    },
  };
}

async function read(events: Response, take: (event: SessionEvent) => void): Promise<void> {
  const text = events.body!.pipeThrough(new TextDecoderStream());
  let kept = '';
  for await (const chunk of text) {
    kept += chunk;
    const frames = kept.split('\n\n');
    kept = frames.pop() ?? '';
    for (const frame of frames) {
      const fields = Object.fromEntries(
        frame.split('\n').map((row) => [row.slice(0, row.indexOf(':')), row.slice(row.indexOf(':') + 1).trim()]),
      );
      if (fields.event && fields.event !== 'ready') take({ event: fields.event, data: JSON.parse(fields.data ?? 'null') } as SessionEvent);
    }
  }
}
