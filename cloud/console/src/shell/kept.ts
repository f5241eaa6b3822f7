/**
 * Text a person typed and has not sent, kept over reloads and page changes until it is sent.
 * In this tab only (`sessionStorage`): a reply is personal and must not outlive the sitting.
 */
const name = (key: string) => `wayside.kept.${key}`;

export function kept(key: string): string {
  try {
    return sessionStorage.getItem(name(key)) ?? '';
  } catch {
    return ''; // Storage is switched off: typing still works, it is only not kept.
  }
}

/** The reply somebody was writing to a case. */
export const replyKey = (caseId: string): string => `reply.${caseId}`;
export const keptReply = (caseId: string): string => kept(replyKey(caseId));

export function keep(key: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(name(key));
    else sessionStorage.setItem(name(key), text);
  } catch {
    // As above; a full storage loses the copy, not the text on screen.
  }
}

const owner = 'wayside.whose';

/** Whoever signs in finds what they had begun themselves, after a reload as well; what another person had begun is forgotten. @returns whether it was */
export function keepFor(me: string): boolean {
  try {
    const before = sessionStorage.getItem(owner);
    const isOther = before !== null && before !== me;
    if (isOther) dropKept();
    sessionStorage.setItem(owner, me);
    return isOther;
  } catch {
    return false; // Storage is switched off, so nothing was kept.
  }
}

/** Forgets all of it: the next person at this screen must not read it. */
export function dropKept(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith('wayside.kept.')) sessionStorage.removeItem(key);
  } catch {
    // Storage is switched off, so there is nothing to forget.
  }
}
