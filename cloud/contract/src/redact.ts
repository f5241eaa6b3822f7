import type { Turn } from './case.ts';

/** What somebody agreed to have sent. */
export type Consents = { mood: boolean; contact: boolean };

const email = /[\p{L}\d._%+-]{1,64}@[\p{L}\d.-]{1,190}\.\p{L}{2,24}/gu;
/** Eight digits or more, with what people write between them. Readings, codes and times are shorter; a VIN has letters. */
const long = /(?<![a-z\d])(?!\d{4}-\d\d-\d\d(?!\d)|\d{1,2}\.\d{1,2}\.\d{4}(?!\d))\+?\d(?:[ ().-]{0,2}\d){7,18}(?![a-z\d])/gi;

/**
 * What somebody wrote without the ways to reach or charge them, unless they agreed: e-mail addresses, telephone and card numbers. The machine's
 * own data is not touched, and what stays on the edge stays as it was said. So do edges before anything leaves them, and the hub with what is written on
 * the person's phone.
 */
export function redact(text: string, { contact }: Pick<Consents, 'contact'>): string {
  if (contact) return text;
  return text.replace(email, '[e-mail]').replace(long, (number) => (isCard(number) ? '[card]' : '[number]'));
}

/** A line as it leaves this edge. Only what people at the machine wrote is redacted. */
export const redactTurn = (turn: Turn, consents: Pick<Consents, 'contact'>): Turn =>
  turn.by === 'operator' ? { ...turn, text: redact(turn.text, consents) } : turn;

/** Card numbers carry a check digit (ISO/IEC 7812-1, annex B). */
function isCard(number: string): boolean {
  const digits = number.replace(/\D/g, '');
  if (digits.length < 13 || digits.length > 19) return false;
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const doubled = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
