import { maxTextValue, type Value } from '@wayside/protocol';
import type { Row } from '../telemetry/row.ts';

/**
 * What all messages of a device have in common: the bytes before each value and after the last, and the signals the values belong to.
 * With it a message is read without being parsed: what must be the same is compared, and what is left are the values.
 */
export type Shape = {
  /** One more than there are values. */
  readonly literals: readonly Uint8Array[];
  readonly signals: readonly string[];
  /** Which of the values is the time; -1 when the device does not say it. */
  readonly atIndex: number;
};

const blank = '[ \\t\\n\\r]*';
const pattern = (source: string) => new RegExp(source, 'y');
const open = pattern(`${blank}\\{${blank}`);
const key = pattern(`"([^"\\\\]*)"${blank}:${blank}`);
const value = pattern('-?[0-9][0-9.eE+-]*|true|false|"[^"\\\\]*"');
const comma = pattern(`${blank},${blank}`);
const close = pattern(`${blank}\\}${blank}`);

/**
 * The shape of a message that is known to be telemetry. Undefined where it has more than a time in ms and signals, a name twice, or
 * anything but plain ASCII.
 */
export function shapeOf(message: Uint8Array): Shape | undefined {
  const text = Buffer.from(message.buffer, message.byteOffset, message.length).toString('latin1');
  const literals: Uint8Array[] = [];
  const signals: string[] = [];
  let [at, literalFrom, atIndex, signalsSeen] = [0, 0, -1, false];

  function take(what: RegExp): RegExpExecArray | null {
    what.lastIndex = at;
    const found = what.exec(text);
    if (found) at = what.lastIndex;
    return found;
  }
  function takeValue(): string | undefined {
    literals.push(message.slice(literalFrom, at));
    const found = take(value)?.[0];
    literalFrom = at;
    return found;
  }
  function takeMembers(member: (name: string) => boolean): boolean {
    if (!take(open)) return false;
    do {
      const name = take(key)?.[1];
      if (name === undefined || !member(name)) return false;
    } while (take(comma));
    return take(close) !== null;
  }
  const takeSignal = (name: string) => {
    signals.push(name);
    return takeValue() !== undefined;
  };

  const known = takeMembers((name) => {
    if (name === 'signals' && !signalsSeen) {
      signalsSeen = true;
      return takeMembers(takeSignal);
    }
    if (name !== 'at' || atIndex >= 0) return false;
    atIndex = literals.length;
    return /^\d+$/.test(takeValue() ?? '');
  });
  literals.push(message.slice(literalFrom));
  const plain = literals.every((literal) => literal.every((byte) => byte < 0x80));
  const unique = new Set(signals).size === signals.length;
  return known && signalsSeen && at === text.length && plain && unique ? { literals, signals, atIndex } : undefined;
}

/** Where a value began, and where it ended once it was read. */
type Cursor = { at: number };

/** Reads a message by a shape. Undefined when it has another one, or says anything that is not as plain as the shape: then nothing is known about it. */
export function readBy({ literals, signals, atIndex }: Shape, message: Buffer): Row | undefined {
  const values = new Array<Value>(signals.length);
  const cursor: Cursor = { at: 0 };
  let at: number | undefined;
  for (let i = 0, v = 0; ; i++) {
    if (!passes(literals[i]!, message, cursor)) return undefined;
    if (i === literals.length - 1) break;
    const found = readValue(message, cursor);
    if (found === undefined) return undefined;
    if (i !== atIndex) values[v++] = found;
    else if (Number.isSafeInteger(found) && (found as number) >= 0) at = found as number;
    else return undefined;
  }
  return cursor.at === message.length ? { at, signals, values } : undefined;
}

function passes(literal: Uint8Array, message: Buffer, cursor: Cursor): boolean {
  const from = cursor.at;
  for (let i = 0; i < literal.length; i++) if (literal[i] !== message[from + i]) return false;
  cursor.at = from + literal.length;
  return true;
}

const [quote, minus, plus, dot, zero, nine, backslash, tilde, blankByte] = Buffer.from('"-+.09\\~ ') as unknown as number[];
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= zero! && byte <= nine!;
/** So many digits are a whole number below 2⁵³, and these powers of ten are exact: their quotient is the nearest number there is (Clinger 1990). */
const exactDigits = 15;
const powers = Array.from({ length: exactDigits + 1 }, (_, n) => 10 ** n);

function readValue(message: Buffer, cursor: Cursor): Value | undefined {
  const first = message[cursor.at];
  if (first === quote) return readText(message, cursor);
  if (first === minus || isDigit(first)) return readNumber(message, cursor);
  if (passes(yes, message, cursor)) return true;
  return passes(no, message, cursor) ? false : undefined;
}
const yes = Buffer.from('true');
const no = Buffer.from('false');

/** A number as JSON writes it (RFC 8259 §6). */
function readNumber(message: Buffer, cursor: Cursor): number | undefined {
  const from = cursor.at;
  let i = message[from] === minus ? from + 1 : from;
  const digitsFrom = i;
  let whole = 0;
  for (; isDigit(message[i]); i++) whole = 10 * whole + message[i]! - zero!;
  let digits = i - digitsFrom;
  if (digits === 0 || (digits > 1 && message[digitsFrom] === zero)) return undefined;
  let decimals = 0;
  if (message[i] === dot) {
    const decimalsFrom = ++i;
    for (; isDigit(message[i]); i++) whole = 10 * whole + message[i]! - zero!;
    decimals = i - decimalsFrom;
    if (decimals === 0) return undefined;
    digits += decimals;
  }
  const exponent = message[i] === 0x65 || message[i] === 0x45;
  if (exponent) {
    if (message[++i] === minus || message[i] === plus) i++;
    if (!isDigit(message[i])) return undefined;
    while (isDigit(message[i])) i++;
  }
  cursor.at = i;
  if (!exponent && digits <= exactDigits) {
    const number = decimals === 0 ? whole : whole / powers[decimals]!;
    return digitsFrom > from ? -number : number;
  }
  const number = Number(message.toString('latin1', from, i));
  return Number.isFinite(number) ? number : undefined;
}

/** A short text of printable ASCII without escapes. */
function readText(message: Buffer, cursor: Cursor): string | undefined {
  const from = cursor.at + 1;
  let i = from;
  for (let byte = message[i]; byte !== quote; byte = message[++i]) {
    if (byte === undefined || byte === backslash || byte < blankByte! || byte > tilde! || i - from >= maxTextValue) return undefined;
  }
  cursor.at = i + 1;
  return message.toString('latin1', from, i);
}
