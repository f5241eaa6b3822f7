import { describe, expect, it } from 'vitest';
import { draftSchema, readDraft } from './draft-schema.ts';
import { createDraftStream } from './draft-stream.ts';
import type { Offered } from './generator.ts';

const offered: Offered = {
  passages: [
    { id: 'article:7#2', text: 'one' },
    { id: 'p1', text: 'two' },
  ],
  questions: [{ id: 'where', text: 'Where?' }],
  actions: [{ id: 'clear', text: 'Clear' }],
};
const json = JSON.stringify({
  kind: 'answer',
  claims: [
    { cite: 'p1', text: 'Say "stop" \\ at 5 °C\n,{now}: ok.' },
    { cite: 'p2', text: '停车。🔥' },
  ],
});

describe('a draft being written', () => {
  it('is whole at its end, wherever the pieces are split', () => {
    for (let size = 1; size <= json.length; size++) {
      const stream = createDraftStream();
      for (let at = 0; at < json.length; at += size) stream.push(json.slice(at, at + size));
      expect(stream.written()).toEqual(JSON.parse(json));
    }
  });

  it('tells when an object ends, and not for a brace, a quote or a backslash inside a text', () => {
    const stream = createDraftStream();
    const ends = json.split('').flatMap((char, at) => (stream.push(char) ? [at] : []));
    expect(ends).toEqual([json.indexOf('},{'), json.lastIndexOf('}]'), json.length - 1]);
  });

  it('is, when broken off anywhere, the claims that were complete or nothing', () => {
    for (let end = 0; end < json.length; end++) {
      const stream = createDraftStream();
      stream.push(json.slice(0, end));
      const draft = readDraft(stream.written(), offered);
      const texts = draft?.kind === 'answer' ? draft.claims.map((claim) => claim.text) : [];
      expect(['', 'Say "stop" \\ at 5 °C\n,{now}: ok.', 'Say "stop" \\ at 5 °C\n,{now}: ok.|停车。🔥']).toContain(texts.join('|'));
    }
  });
});

describe('readDraft', () => {
  it('turns the labels of the prompt back into the ids that were offered', () => {
    expect(readDraft({ kind: 'answer', claims: [{ cite: 'p1', text: 'x y' }] }, offered)).toEqual({
      kind: 'answer',
      claims: [{ cite: 'article:7#2', text: 'x y' }],
    });
    expect(readDraft({ kind: 'ask', question: 'q1' }, offered)).toEqual({ kind: 'ask', question: 'where' });
    expect(readDraft({ kind: 'propose', action: 'a1' }, offered)).toEqual({ kind: 'propose', action: 'clear' });
  });

  it.each([
    [null],
    [7],
    [{}],
    [{ kind: 'act', action: 'a1' }],
    [{ kind: 'propose', action: 'a2' }],
    [{ kind: 'ask', question: 'where' }],
    [{ kind: 'answer', claims: [{ cite: 'p3', text: 'x' }] }],
    [{ kind: 'answer', claims: [null, 4, { cite: 'p1' }] }],
  ])('takes %j for no draft', (written) => {
    expect(readDraft(written, offered)).toBeUndefined();
  });

  it('leaves out a sentence that ran into the length limit', () => {
    const text = `Stop the engine. ${'It is safe to open the cap when '.repeat(9)}`.slice(0, 220).replace(/ $/, 'x');
    expect(readDraft({ kind: 'answer', claims: [{ cite: 'p1', text }] }, offered)).toEqual({
      kind: 'answer',
      claims: [{ cite: 'article:7#2', text: 'Stop the engine.' }],
    });
  });
});

describe('draftSchema', () => {
  it('names no id and no kind that was not offered', () => {
    const schema = JSON.stringify(draftSchema({ passages: [], questions: [{ id: 'where', text: 'Where?' }], actions: [] }));
    expect(schema).toContain('"q1"');
    expect(schema).not.toMatch(/q2|answer|propose/);
  });
});
