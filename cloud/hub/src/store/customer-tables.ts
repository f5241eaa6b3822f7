import type { Generated } from 'kysely';

/** customers: what lets a person see their own case on their phone. A link is good once; it becomes a phone's own secret. Hashes alone are kept. */
export type CustomerTables = {
  customer: { hash: string; case: string; kind: string; expiresAt: number; by: string };
};

export type CaseOfCustomer = {
  /** `good` or `bad`, as the person tapped when it was over; null: they did not. */
  satisfaction: Generated<string | null>;
  satisfiedAt: Generated<number | null>;
  consentsJson: Generated<string | null>;
};

export const customerTables = `
create table customer (hash text primary key, "case" text not null references "case"(id), kind text not null, expiresAt integer not null, "by" text not null) strict;
create index customerByCase on customer ("case");
alter table "case" add column satisfaction text;
alter table "case" add column satisfiedAt integer;
alter table "case" add column consentsJson text;
create index caseBySatisfaction on "case" (satisfiedAt) where satisfiedAt is not null;
`;
