import { describe, expect, it } from 'vitest';
import type { Transcript, TurnAnswered } from '../api/types.ts';
import { emptyHistory, type History, type HistoryEvent, remember } from './history.ts';

const session = 's1';
const said = (id: string, text = id): HistoryEvent => ({ event: 'said', data: { id, text, at: 1 } });
const question = { observation: 'shakes', text: 'Does it shake?', options: [{ say: 'yes', label: 'Yes' }] };
const answer: TurnAnswered['answer'] = { text: 'Cylinder 1 misfires.', rung: 'diagnosis', citations: [], question };
const answeredTurn = (turn: string, over: Partial<TurnAnswered['answer']> = {}): HistoryEvent => ({
  event: 'answered',
  at: 2,
  data: { turn, understanding: { kind: 'intent' }, answer: { ...answer, ...over }, faults: [], sentiment: 0, handoff: null },
});
const byStream = (id: string, by: 'operator' | 'agent' | 'technician', text: string): HistoryEvent => ({
  event: 'turn',
  data: { id, session, at: 2, by, text, citations: [] },
});
const transcript = (turns: Transcript['turns']): HistoryEvent => ({
  event: 'transcript',
  data: { session, channel: 'panel', locale: 'en', startedAt: 0, turns, handoff: null },
});
const play = (...events: HistoryEvent[]): History => events.reduce(remember, emptyHistory);
const shown = (history: History) => history.lines.map((line) => `${line.by}${line.pending ? '…' : ''}: ${line.text}`);

/** Every order in which the three ways can arrive. */
function orders<T>(items: T[]): T[][] {
  return items.length < 2 ? [items] : items.flatMap((item, i) => orders(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

describe('the history of a conversation', () => {
  it('is the same whichever way a turn comes first, and however often', () => {
    const ways = [
      byStream('t1', 'operator', 'why'),
      byStream('t1.a', 'agent', 'Cylinder 1 misfires.'),
      answeredTurn('t1'),
      transcript([
        { id: 't1', session, at: 2, by: 'operator', text: 'why', citations: [] },
        { id: 't1.a', session, at: 2, by: 'agent', text: 'Cylinder 1 misfires.', citations: [] },
      ]),
    ];
    for (const order of orders(ways)) {
      const history = play(said('t1', 'why'), ...order, ...order);
      expect(shown(history)).toEqual(['operator: why', 'agent: Cylinder 1 misfires.']);
      expect(history.lines[1]?.answer?.question).toEqual(question);
    }
  });

  it('keeps a line that waits at the end, after what others say meanwhile', () => {
    const history = play(said('t1'), said('t2'), byStream('x', 'technician', 'Hello'), answeredTurn('t1'));
    expect(shown(history)).toEqual(['technician: Hello', 'operator: t1', 'agent: Cylinder 1 misfires.', 'operator…: t2']);
  });

  it('does not make an acknowledged line wait again', () => {
    expect(shown(play(said('t1'), answeredTurn('t1'), said('t1')))[0]).toBe('operator: t1');
  });

  it('joins tokens to one answer and closes it with the whole one', () => {
    const token = (text: string): HistoryEvent => ({ event: 'token', data: { turn: 't1', text } });
    const open = play(said('t1'), token('Cylinder '), token('1'));
    expect(open.streaming).toEqual({ turn: 't1', text: 'Cylinder 1' });
    const closed = [answeredTurn('t1'), token(' late')].reduce(remember, open);
    expect(closed.streaming).toBeNull();
  });

  it('notes words passed on to a technician on the line itself', () => {
    const history = play(said('t1'), answeredTurn('t1', { rung: 'human', text: 'Sent to Ana.' }));
    expect(history.lines).toMatchObject([{ id: 't1', note: 'Sent to Ana.' }]);
  });

  it('says why a line was refused, and keeps it', () => {
    const history = play(said('t1'), { event: 'refused', data: { id: 't1', detail: 'too long' } });
    expect(history.lines).toMatchObject([{ id: 't1', refused: 'too long' }]);
    expect(history.lines[0]).not.toHaveProperty('pending');
  });

  it('takes the edge’s order after a gap and keeps what the edge has not got', () => {
    const history = play(
      said('t9'),
      transcript([
        { id: 'a', session, at: 1, by: 'operator', text: 'first', citations: [] },
        { id: 'b', session, at: 2, by: 'technician', name: 'Ana', text: 'second', citations: [] },
      ]),
    );
    expect(shown(history)).toEqual(['operator: first', 'technician: second', 'operator…: t9']);
  });

  it('takes no step of a handoff back when an earlier one is told late, and begins anew with another case', () => {
    const told = (state: 'saved' | 'at-hub' | 'resolved', id = 'c1'): HistoryEvent => ({
      event: 'handoff',
      data: { case: id, state, rule: 'asked', urgency: 'normal', attention: 'takes-over' },
    });
    expect(play(told('at-hub'), told('saved')).handoff).toMatchObject({ case: 'c1', state: 'at-hub' });
    expect(play(told('at-hub'), told('saved', 'c2')).handoff).toMatchObject({ case: 'c2', state: 'saved' });
    expect(play(told('resolved'), told('saved')).handoff).toMatchObject({ state: 'resolved' });
    expect(play(told('resolved'), told('at-hub')).handoff, 'it was opened again').toMatchObject({ state: 'at-hub' });
  });
});
