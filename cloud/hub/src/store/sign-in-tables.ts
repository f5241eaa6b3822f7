/** sign-in: how technicians show who they are, and where they are signed in. Of what is secret only hashes are kept, but for the shared one of RFC 6238. */
export type SignInTables = {
  /** Where somebody is signed in: of the cookie's secret only the hash is kept. */
  signedIn: {
    hash: string;
    id: string;
    technician: string;
    how: string;
    device: string;
    address: string;
    since: number;
    seenAt: number;
    expiresAt: number;
  };
  /** Public keys of WebAuthn, by credential id. */
  passkey: {
    id: string;
    technician: string;
    name: string;
    publicKey: string;
    counter: number;
    transportsJson: string;
    createdAt: number;
    usedAt: number | null;
  };
  /** `step`: the last time step a code was taken of; none is taken twice. */
  secondFactor: { technician: string; secret: string; step: number };
  recoveryCode: { hash: string; technician: string };
  /** Challenges that were answered, until they would have run out. */
  spentChallenge: { hash: string; expiresAt: number };
};

/** By what their company knows them: its server and its name for them. */
export const companyColumn = `
alter table technician add column company text;
create unique index technicianByCompany on technician (company) where company is not null;
`;

/** As what somebody worked here who is let in no more, should they come back. */
export const wasColumn = 'alter table technician add column was text';

/** Whoever was signed in signs in once more: of them it is not known where and since when. */
export const signInTables = `
drop table signedIn;
create table signedIn (hash text primary key, id text not null unique, technician text not null references technician(id), how text not null,
  device text not null, address text not null, since integer not null, seenAt integer not null, expiresAt integer not null) strict;
create index signedInByTechnician on signedIn (technician);
create table passkey (id text primary key, technician text not null references technician(id), name text not null, publicKey text not null,
  counter integer not null, transportsJson text not null, createdAt integer not null, usedAt integer) strict;
create index passkeyByTechnician on passkey (technician);
create table secondFactor (technician text primary key references technician(id), secret text not null, step integer not null) strict;
create table recoveryCode (hash text primary key, technician text not null references technician(id)) strict;
create table spentChallenge (hash text primary key, expiresAt integer not null) strict;
`;
