import { randomInt } from 'node:crypto';

/** A code is good for so long: time to take up a phone and read it. */
export const codeLastsMs = 5 * 60_000;
const mostCodes = 50;
/** So many wrong ones from anywhere, and none is looked at for a while. */
const wrongAllowed = 20;
const windowMs = 10 * 60_000;

export type Codes = {
  /** A code that stands for this person, once. An earlier one of theirs is void. */
  make(person: string): { code: string; expiresAt: number };
  redeem(code: string): { outcome: 'good'; person: string } | { outcome: 'wrong' } | { outcome: 'locked'; until: number };
  /** Takes back what was given out for somebody. */
  forget(person: string): void;
};

/**
 * One-time codes of eight digits that stand for a person for five minutes. With 20 wrong ones allowed in ten minutes,
 * somebody who guesses day and night would need decades for one. They are kept in memory only: after a restart one asks for a new one.
 */
export function createCodes(now: () => number): Codes {
  const out = new Map<string, { person: string; expiresAt: number }>();
  let wrong: number[] = [];

  const forget = (person: string) => {
    for (const [code, one] of out) if (one.person === person) out.delete(code);
  };
  return {
    forget,
    make(person) {
      forget(person);
      for (const [code, { expiresAt }] of out) if (expiresAt <= now()) out.delete(code);
      if (out.size >= mostCodes) out.delete(out.keys().next().value as string);
      let code = newDigits();
      while (out.has(code)) code = newDigits();
      const expiresAt = Math.floor(now()) + codeLastsMs;
      out.set(code, { person, expiresAt });
      return { code, expiresAt };
    },
    redeem(code) {
      wrong = wrong.filter((at) => at > now() - windowMs);
      const oldest = wrong[0];
      if (wrong.length >= wrongAllowed && oldest !== undefined) return { outcome: 'locked', until: Math.ceil(oldest + windowMs) };
      const found = out.get(code);
      out.delete(code);
      if (found && found.expiresAt > now()) return { outcome: 'good', person: found.person };
      wrong.push(now());
      return { outcome: 'wrong' };
    },
  };
}

const newDigits = () => String(randomInt(100_000_000)).padStart(8, '0');
