import type { Desk, DeskHours } from '@wayside/contract';
import type { HubConfig } from '../config.ts';
import type { Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { customerOf } from './customers.ts';

export type DeskSettings = Pick<HubConfig, 'deskHours' | 'deskZone'>;
type EdgeSettings = DeskSettings & Pick<HubConfig, 'customers'>;

const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * Hours as they are written in the settings: `Mon-Fri 08:00-18:00; Sat 09:00-13:00`. Empty is at any time.
 * @returns undefined for what cannot be read
 */
export function readHours(text: string): Desk['hours'] | undefined {
  const parts = text.split(';').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  const hours = parts.map((part) => {
    const match = /^([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+([012]\d:[0-5]\d)\s*-\s*([012]\d:[0-5]\d)$/i.exec(part);
    const [first, last] = [match?.[1], match?.[2] ?? match?.[1]].map((day) => names.indexOf(day?.toLowerCase() ?? ''));
    if (!match || first === undefined || last === undefined || first < 0 || last < 0) return undefined;
    const span = ((last - first + 7) % 7) + 1;
    return { days: Array.from({ length: span }, (_, i) => ((first + i) % 7) + 1), from: match[3]!, to: match[4]! };
  });
  return hours.every((one) => one !== undefined) ? hours : undefined;
}

const countedMs = 1_000;

/** When technicians are there, how many wait and what is agreed with its customer, as every edge is told with each acknowledgment. */
export function createDesk({ db, now }: Ground, { customers, ...hours }: EdgeSettings): (edge: string) => Promise<Desk> {
  const open = hoursOf(hours);
  // Edges ask thousands of times a second, and a busy desk has thousands of cases.
  let counted: { at: number; waiting: Promise<number> } | undefined;
  const waitingAt = (at: number) => {
    if (!counted || at < counted.at || at - counted.at >= countedMs) counted = { at, waiting: countWaiting(db) };
    counted.waiting.catch(() => {
      counted = undefined;
    });
    return counted.waiting;
  };
  return async (edge) => {
    const at = Math.floor(now());
    const row = customers === '' ? undefined : await db.selectFrom('edge').select('tenant').where('id', '=', edge).executeTakeFirst();
    const customer = customers === '' ? undefined : customerOf(customers, edge, row?.tenant ?? null);
    return { at, ...open, waiting: await waitingAt(at), ...(customer ? { customer } : {}) };
  };
}

async function countWaiting(db: Db): Promise<number> {
  const { waiting } = await db
    .selectFrom('case')
    .select((e) => e.fn.countAll<number>().as('waiting'))
    .where('state', '=', 'open')
    .where('waitingSince', 'is not', null)
    .executeTakeFirstOrThrow();
  return waiting;
}

/** The desk's hours as the clocks reckon with them. */
export const hoursOf = ({ deskHours, deskZone }: DeskSettings): DeskHours => ({ zone: deskZone, hours: readHours(deskHours) ?? [] });
