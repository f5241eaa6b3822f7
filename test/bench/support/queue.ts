import type { Client } from '../../support/site.ts';

/** How many the hub may say that wait before somebody: from the fewest to the most. */
export type Queue = { fewest: number; most: number };

/** Who waits at a hub now, as its technicians see it: of those who are listed exactly, of those beyond (and looked on at) at most. */
export async function queueAt(technician: Client): Promise<Queue> {
  type List = { cases: { waitingSince: number | null }[]; counts: { open: number } };
  const { cases, counts } = await technician.get<List>('/v1/cases?state=open');
  const listed = cases.filter(({ waitingSince }) => waitingSince !== null).length;
  return { fewest: listed, most: listed + counts.open - cases.length };
}

const told = /(\d+) requests are before yours\.|前面还有 (\d+) 位在等。/g;

/** What was said without the sentence about the queue. One whose figure the hub cannot have told is left in, to be asked where it comes from. */
export const withoutQueue = (text: string, { fewest, most }: Queue): string =>
  text.replace(told, (sentence, en?: string, zh?: string) => {
    const waiting = Number(en ?? zh);
    return waiting >= fewest && waiting <= most ? '' : sentence;
  });
