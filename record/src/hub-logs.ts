import { toBase64Url } from './bytes.ts';
import type { Receipt } from './file.ts';
import type { Primitives } from './primitives.ts';
import { readWitnessed, receiptHolds } from './receipt.ts';
import { type Restoration, readRestoration } from './restoration.ts';
import type { Seen, Trust } from './verdict.ts';
import { Wrong } from './wrong.ts';

/**
 * What a file says of the hub's logs, one after the other: another than the first is known only by a restoration, and no two heads of one size may differ.
 * @param seen is told what was found
 */
export function createHubLogs(p: Primitives, trust: Trust, seen: Seen) {
  const logs: string[] = [];
  /** Size and log of a head → its root. */
  const roots = new Map<string, string>();

  return {
    /** @throws Wrong `untrusted-hub`, `checkpoint-signature`, `too-few-witnesses`, `split-view`, `receipt-proof` */
    receipt(receipt: Receipt, leaf: string): void {
      if (logs.length === 0) logs.push(receipt.hub);
      if (!logs.includes(receipt.hub)) throw new Wrong('untrusted-hub');
      const witnessed = readWitnessed(p, receipt.checkpoint, receipt.hub, receipt.witnesses);
      if (!witnessed) throw new Wrong('checkpoint-signature');
      if (receipt.witnesses.length < (trust.witnesses ?? 0)) throw new Wrong('too-few-witnesses');
      const { checkpoint } = witnessed;
      const root = toBase64Url(checkpoint.root);
      const head = `${checkpoint.size} ${receipt.hub}`;
      if ((roots.get(head) ?? root) !== root) throw new Wrong('split-view');
      roots.set(head, root);
      if (!receiptHolds(p, receipt, leaf, checkpoint)) throw new Wrong('receipt-proof');
      seen.hub = receipt.hub;
      seen.receipts++;
      for (const { name } of witnessed.witnesses) if (!seen.witnesses.includes(name)) seen.witnesses.push(name);
    },

    /** @throws Wrong `restoration`, `untrusted-operator` */
    restored(said: Restoration): void {
      const read = readRestoration(p, said);
      if (!read || logs.includes(said.hub) || (logs.length > 0 && logs.at(-1) !== said.old)) throw new Wrong('restoration');
      if (trust.operator === undefined ? trust.hub !== undefined : !read.by.includes(trust.operator)) throw new Wrong('untrusted-operator');
      if (logs.length === 0) logs.push(said.old);
      logs.push(said.hub);
      // What the old log signed for last is held against every receipt of it.
      const head = readWitnessed(p, said.head, said.old, [])!.checkpoint;
      roots.set(`${head.size} ${said.old}`, toBase64Url(head.root));
      seen.restored.push({ at: said.at, size: read.size, lost: read.lost, reason: said.reason, by: read.by });
    },

    /** @throws Wrong `no-receipt`, `untrusted-hub`: the hub that is trusted is in none of it */
    end(): void {
      if (trust.hub !== undefined && seen.receipts === 0) throw new Wrong('no-receipt');
      if (trust.hub !== undefined && !logs.includes(trust.hub)) throw new Wrong('untrusted-hub');
    },
  };
}
