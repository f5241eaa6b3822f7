/** One reply on its way to the hub. The hub takes the same id twice as one reply, so an id belongs to one text. */
export type Attempt = { id: string; text: string };

/** A random id, made here so that a lost answer can be asked for again. Works without HTTPS, where `randomUUID` does not. */
export function newReplyId(): string {
  return `r_${Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** An attempt as it was kept over a reload; undefined when there is none. */
export function readAttempt(json: string): Attempt | undefined {
  try {
    const { id, text } = JSON.parse(json) as Partial<Attempt>;
    return typeof id === 'string' && typeof text === 'string' ? { id, text } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What to send now. The same text as last time is the same reply, tried again; another text is another reply,
 * because the earlier one may have been stored although its answer was lost.
 */
export function attempt(failed: Attempt | undefined, text: string, makeId: () => string = newReplyId): Attempt {
  const trimmed = text.trim();
  return failed?.text === trimmed ? failed : { id: makeId(), text: trimmed };
}
