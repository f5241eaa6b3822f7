/** A record that came in, told by its content, and whether it overtakes those before it. */
export type Placed = { readonly seq: number; readonly hash: string; readonly ahead: boolean };

/**
 * Which of an edge's records are to be stored now. In line are those that follow without a gap; one that overtakes is stored wherever it stands and is
 * known when the line reaches it. The rest comes again.
 * @param records by their numbers
 * @param through how far the line is stored without a gap
 * @param stored the content of what is stored under these numbers
 * @returns how far the line reaches with them; what is new, in order; and records whose number another record has already
 */
export function placeRecords<R extends Placed>(
  records: readonly R[],
  through: number,
  stored: ReadonlyMap<number, string>,
): { through: number; fresh: R[]; twice: R[] } {
  const known = new Map(stored);
  const fresh: R[] = [];
  const twice: R[] = [];
  for (const record of records) {
    const { seq, hash } = record;
    const there = known.get(seq);
    const next = seq === through + 1;
    if (there !== undefined && there !== hash) twice.push(record);
    if (there === undefined && !next && !record.ahead) continue;
    if (next) through = seq;
    if (there !== undefined) continue;
    known.set(seq, hash);
    fresh.push(record);
  }
  return { through, fresh, twice };
}
