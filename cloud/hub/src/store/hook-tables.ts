import type { Generated } from 'kysely';

/** hooks: who is told of what happens to cases, and what still has to be told. A delivery is written with the change it tells of. */
export type HookTables = {
  /** `theirSecret`: what the desk there signs with, where it does. */
  hook: {
    id: string;
    kind: string;
    to: string;
    eventsJson: string;
    secret: string;
    by: string;
    createdAt: number;
    theirSecret: Generated<string | null>;
    /** Whose browser it is, and in which language it is told, where it is one. */
    technician: Generated<string | null>;
    locale: Generated<string | null>;
    /** Where they were signed in when that browser was last known to be theirs: signed out there, it is told no more. */
    place: Generated<string | null>;
  };
  /** The conversation that a case is at another desk, and the last thing said that was carried there, and whether it is `open`, `resolving` or `resolved` as far as we know. */
  bridge: { hook: string; case: string; contact: string; conversation: number; told: number; status: string };
  /** By what push services know this hub; its secret is closed. */
  pushKey: { id: string; publicKey: string; secret: string };
  delivery: {
    id: string;
    hook: string;
    event: string;
    bodyJson: string;
    at: number;
    state: string;
    tries: number;
    /** When it is tried next; null once it is over. */
    nextAt: number | null;
    /** What came of the last try, for people. */
    said: string | null;
  };
};

export const hookTables = `
create table hook (id text primary key, kind text not null, "to" text not null, eventsJson text not null, secret text not null, "by" text not null,
  createdAt integer not null) strict;
create table delivery (id text primary key, hook text not null references hook(id) on delete cascade, event text not null, bodyJson text not null,
  at integer not null, state text not null, tries integer not null, nextAt integer, said text) strict;
create index deliveryDue on delivery (nextAt) where nextAt is not null;
create index deliveryOfHook on delivery (hook, at);
`;

export const bridgeTables = `
create table bridge (hook text not null references hook(id) on delete cascade, "case" text not null references "case"(id), contact text not null,
  conversation integer not null, told integer not null, primary key (hook, "case")) strict;
`;

export const answersBack = `
alter table hook add column theirSecret text;
alter table bridge add column status text not null default 'open';
create index bridgeByConversation on bridge (hook, conversation);
`;

export const pushTables = `
alter table hook add column technician text;
alter table hook add column locale text;
create table pushKey (id text primary key, publicKey text not null, secret text not null) strict;
create index hookOfTechnician on hook (technician) where technician is not null;
`;

/** Of browsers that were told before it is not known where: they are told until their person is signed out everywhere else, or turns it off. */
export const pushPlace = 'alter table hook add column place text';
