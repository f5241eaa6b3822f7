import type { Desk } from '@wayside/contract';

/** What is agreed with a customer, by the edge's id or its tenant's. */
export type Customers = ReadonlyMap<string, NonNullable<Desk['customer']>>;

/**
 * Customers as they are written in the settings, `edge-or-tenant: tier value (source)`, parted by semicolons: `acme: priority 0.9 (contract 2026-114)`.
 * Who is not there has no value: it is never guessed.
 * @returns undefined for what cannot be read
 */
export function readCustomers(text: string): Customers | undefined {
  const found = new Map<string, NonNullable<Desk['customer']>>();
  for (const part of text.split(';')) {
    if (part.trim() === '') continue;
    const [, of, tier, value, source] =
      /^\s*([^\s:]{1,80}):\s*([^\d()]{1,60}?)\s+(0|1|0?\.\d{1,3}|1\.0)\s*\(([^()]{1,120})\)\s*$/u.exec(part) ?? [];
    if (!of || !tier || value === undefined || !source) return undefined;
    found.set(of, { tier, value: Number(value), source: source.trim() });
  }
  return found;
}

/** What is agreed for an edge: by its own id before its tenant's, and that before `*`, what is agreed with everybody. */
export const customerOf = (text: string, edge: string, tenant: string | null): Desk['customer'] => {
  const known = readCustomers(text);
  return known?.get(edge) ?? known?.get(tenant ?? '*') ?? known?.get('*');
};
