import { describe, expect, it } from 'vitest';
import { messageCreated, statusChanged } from './chatwoot-double.ts';
import { chatwootEvent, newsIn } from './chatwoot-event.ts';

const read = (event: unknown) => newsIn(chatwootEvent.parse(event));

describe('what a Chatwoot tells', () => {
  it('is an answer when one of its people wrote to the person', () => {
    expect(read(messageCreated(41, ' Switch it off. '))).toEqual({
      kind: 'answer',
      message: '41',
      text: 'Switch it off.',
      conversation: 2,
      contact: 'source 1',
      agent: 'Robin Sato',
    });
    expect(read(statusChanged('resolved', 'open'))).toMatchObject({ kind: 'status', status: 'resolved', conversation: 2 });
  });

  it.each<[string, unknown]>([
    ['what we posted ourselves', messageCreated(1, 'x', { message_type: 'incoming', sender: { id: 9, name: 'c1', type: 'contact' } })],
    ['a note among agents', messageCreated(1, 'x', { private: true })],
    ['a bot', messageCreated(1, 'x', { sender: { id: 1, name: 'Captain', type: 'agent_bot' } })],
    ['an automation', messageCreated(1, 'x', { message_type: 'template', sender: null })],
    ['an empty message', messageCreated(1, ' ')],
    ['a change of a message', messageCreated(1, 'x', { event: 'message_updated' })],
    ['a snooze', statusChanged('snoozed', 'open')],
    ['somebody typing', { event: 'conversation_typing_on', user: {}, conversation: {} }],
  ])('is no news of ours when it is %s', (_, event) => {
    expect(read(event)).toBeUndefined();
  });

  it('is refused or left alone when it is garbage, and never thrown at', () => {
    const values = [null, -1, 1e99, '', [], {}, 'x'.repeat(300_000), { id: {} }, true, '\u0000', '2'];
    for (const right of [messageCreated(5, 'x'), statusChanged('open', 'resolved')])
      for (const key of Object.keys(right))
        for (const value of values) {
          const { success, data } = chatwootEvent.safeParse({ ...right, [key]: value });
          const news = success ? newsIn(data) : undefined;
          if (news?.kind === 'answer') expect([typeof news.text, /^\d+$/.test(news.message)]).toEqual(['string', true]);
        }
    for (const value of values) expect(chatwootEvent.safeParse(value).success).toBe(false);
  });
});
