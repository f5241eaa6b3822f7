/** A stretch of an answer: what to do now, what it is, what that rests on. */
export type AnswerPart = { kind: 'do' | 'what' | 'basis'; text: string };
/** `say`: what stands between the marked parts, or all of a text that has none. */
export type Shown = { kind: AnswerPart['kind'] | 'say'; text: string };

/** An answer's text cut at its marked parts: every word of it, in its order, whatever the marks say. */
export function inParts(text: string, parts: readonly AnswerPart[] = []): Shown[] {
  const shown: Shown[] = [];
  let rest = text;
  for (const part of parts) {
    const at = rest.indexOf(part.text);
    if (at < 0) continue;
    shown.push({ kind: 'say', text: rest.slice(0, at) }, part);
    rest = rest.slice(at + part.text.length);
  }
  return [...shown, { kind: 'say' as const, text: rest }]
    .map((one) => ({ ...one, text: one.text.trim() }))
    .filter((one) => one.text !== '');
}

/** The first sentence of what to do, which is read at a glance, and the rest of it. */
export function firstSentence(text: string): [first: string, rest: string] {
  const end = /[.!?](?=\s)|[。！？](?=.)/.exec(text);
  return end ? [text.slice(0, end.index + 1), text.slice(end.index + 1)] : [text, ''];
}
