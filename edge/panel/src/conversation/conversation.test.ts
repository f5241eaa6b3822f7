import { describe, expect, it } from 'vitest';
import type { Edge, Reply } from '../api/edge.ts';
import type { Transcript } from '../api/types.ts';
import { Conversation } from './conversation.ts';

type Row = Transcript['turns'][number];

/** An edge as seen from outside: sessions and turns by id, a line that can be cut before or after a turn is stored. */
function outside() {
  const sessions = new Map<string, Row[]>();
  const handoffs = new Map<string, number>();
  let cut: 'no' | 'before' | 'after' = 'no';
  const ok = <T>(body: unknown): Reply<T> => ({ kind: 'ok', body: body as T });
  const edge: Edge = {
    url: (path) => path,
    put: async () => ({ kind: 'missing' }),
    patch: async () => ({ kind: 'missing' }),
    delete: async () => ({ kind: 'missing' }),
    async get(path) {
      const id = path.split('/')[2]!;
      const turns = sessions.get(id);
      if (cut !== 'no') return { kind: 'unreachable' };
      return turns ? ok({ session: id, channel: 'panel', locale: 'en', startedAt: 0, turns, handoff: null }) : { kind: 'missing' };
    },
    async post(path, body) {
      if (cut === 'before') return { kind: 'unreachable' };
      const [, , id = '', what] = path.split('/');
      if (!id) {
        const made = `s${sessions.size + 1}`;
        sessions.set(made, []);
        return ok({ session: made });
      }
      const turns = sessions.get(id);
      if (!turns) return { kind: 'missing' };
      if (what === 'handoff') {
        handoffs.set(id, (handoffs.get(id) ?? 0) + 1);
        return ok({ case: 'c1', state: 'saved', rule: 'asked' });
      }
      const said = body as { id: string; text: string };
      if (!turns.some((turn) => turn.id === said.id)) turns.push({ ...said, session: id, at: 1, by: 'operator', citations: [] });
      if (cut === 'after') return { kind: 'unreachable' };
      return ok({
        turn: said.id,
        understanding: { kind: 'intent' },
        answer: { text: `re ${said.text}`, rung: 'grammar', citations: [] },
        faults: [],
        sentiment: 0,
        handoff: null,
      });
    },
  };
  return { edge, sessions, handoffs, cutLine: (how: typeof cut) => (cut = how) };
}

function storage() {
  const rows = new Map<string, string>();
  return { rows, getItem: (key: string) => rows.get(key) ?? null, setItem: (key: string, value: string) => void rows.set(key, value) };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 15));

function begin(edge: Edge, store = storage(), thing = 'car', resumes = false) {
  let made = 0;
  const conversation = new Conversation({
    edge,
    store,
    thing,
    resumes,
    locale: () => 'en',
    now: () => 1,
    newId: () => `t${store.rows.size}${++made}${Math.random()}`,
    stream: ({ onOpen }) => {
      onOpen();
      return () => {};
    },
    wait: () => new Promise((resolve) => setTimeout(resolve, 1)),
  });
  conversation.start();
  return { conversation, store, lines: () => conversation.snapshot().lines.map((line) => `${line.text}${line.pending ? '…' : ''}`) };
}

describe('a conversation with an edge that comes and goes', () => {
  it('sends in order what was said while the edge was away', async () => {
    const { edge, sessions, cutLine } = outside();
    cutLine('before');
    const { conversation, lines } = begin(edge);
    conversation.say('one');
    conversation.say('two');
    await settle();
    expect(lines()).toEqual(['one…', 'two…']);
    cutLine('no');
    await settle();
    expect(lines()).toEqual(['one', 're one', 'two', 're two']);
    expect([...sessions.values()].flat().map((turn) => turn.text)).toEqual(['one', 'two']);
    conversation.stop();
  });

  it('does not double a turn whose acknowledgment was lost', async () => {
    const { edge, sessions, cutLine } = outside();
    const { conversation, lines } = begin(edge);
    conversation.askPerson();
    await settle();
    cutLine('after');
    conversation.say('one');
    await settle();
    cutLine('no');
    await settle();
    expect(lines()).toEqual(['one', 're one']);
    expect([...sessions.values()].flat()).toHaveLength(1);
    conversation.stop();
  });

  it('keeps what was said over a reload, and the session', async () => {
    const { edge, sessions, cutLine } = outside();
    const first = begin(edge);
    first.conversation.askPerson();
    await settle();
    cutLine('before');
    first.conversation.say('one');
    await settle();
    first.conversation.stop();
    const second = begin(edge, first.store);
    expect(second.lines()).toEqual(['one…']);
    cutLine('no');
    await settle();
    expect([...sessions].map(([id, turns]) => [id, turns.length])).toEqual([['s1', 1]]);
    second.conversation.stop();
  });

  it('opens a new session when the edge has forgotten the old one, and says it there', async () => {
    const { edge, sessions } = outside();
    const store = storage();
    store.setItem('wayside.conversation.car', JSON.stringify({ session: 'gone', outgoing: [], wantsPerson: false }));
    const { conversation, lines } = begin(edge, store);
    conversation.say('one');
    await settle();
    expect(lines()).toEqual(['one', 're one']);
    expect([...sessions.keys()]).toEqual(['s1']);
    conversation.stop();
  });

  it('asks for a person once the edge is back, without a word having been said', async () => {
    const { edge, handoffs, cutLine } = outside();
    cutLine('before');
    const { conversation } = begin(edge);
    conversation.askPerson();
    conversation.askPerson();
    await settle();
    expect(conversation.snapshot()).toMatchObject({ askingPerson: true, handoff: null });
    cutLine('no');
    await settle();
    expect(conversation.snapshot()).toMatchObject({ askingPerson: false, handoff: { state: 'saved' } });
    expect([...handoffs.values()]).toEqual([1]);
    conversation.stop();
  });

  it('goes on with what the same person said last about this thing on another screen, and leaves it when it was long ago', async () => {
    const { edge, sessions } = outside();
    sessions.set('elsewhere', [{ id: 't1', session: 'elsewhere', at: 1, by: 'operator', text: 'in the car', citations: [] }]);
    let lastAt = 0;
    const get = edge.get;
    edge.get = async (path) =>
      path.startsWith('v1/people/me/sessions')
        ? { kind: 'ok', body: { sessions: [{ session: 'elsewhere', lastAt }] } as never }
        : get(path);
    const { conversation, lines } = begin(edge, storage(), 'car', true);
    await settle();
    conversation.say('on the phone');
    await settle();
    expect(lines()).toEqual(['in the car', 'on the phone', 're on the phone']);
    expect([...sessions.keys()]).toEqual(['elsewhere']);
    conversation.stop();
    lastAt -= 13 * 3_600_000;
    const tomorrow = begin(edge, storage(), 'car', true);
    tomorrow.conversation.say('another day');
    await settle();
    expect(tomorrow.lines()).toEqual(['another day', 're another day']);
    tomorrow.conversation.stop();
  });

  it('that is replaced while its session is being opened leaves the word to its successor', async () => {
    const { edge, sessions } = outside();
    const store = storage();
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow: Edge = {
      ...edge,
      post: async (path, body) => {
        if (path === 'v1/sessions') await opened;
        return edge.post(path, body);
      },
    };
    const first = begin(slow, store);
    first.conversation.say('why');
    first.conversation.stop();
    const second = begin(edge, store);
    await settle();
    open();
    await settle();
    expect([...sessions.values()].map((turns) => turns.map(({ text }) => text)).filter((texts) => texts.length > 0)).toEqual([['why']]);
    second.conversation.stop();
  });

  it('opens no session before the first word', async () => {
    const { edge, sessions } = outside();
    const { conversation } = begin(edge);
    await settle();
    expect(sessions.size).toBe(0);
    conversation.stop();
  });

  it('takes along what was said before any thing was known', async () => {
    const { edge, sessions, cutLine } = outside();
    cutLine('before');
    const unnamed = begin(edge, storage(), '');
    unnamed.conversation.say('help');
    await settle();
    unnamed.conversation.stop();
    cutLine('no');
    const named = begin(edge, unnamed.store, 'car');
    await settle();
    expect(named.lines()).toEqual(['help', 're help']);
    const other = begin(edge, unnamed.store, 'pump');
    expect(other.lines()).toEqual([]);
    expect([...sessions.values()].flat()).toHaveLength(1);
    named.conversation.stop();
    other.conversation.stop();
  });
});
