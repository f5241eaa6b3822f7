/** updates: what edges may fetch, and the signed files that say so (TUF). */
export type UpdateTables = {
  updateFile: { role: string; version: number; text: string; at: number; expiresAt: number };
  /** `secret`: a key that signs updates, closed with the hubs' `secrets-key`; any hub on this store signs with it. */
  updateKey: { name: string; secret: string };
  /** `text`: the target itself where it is small and lies nowhere else. */
  updateTarget: { path: string; sha256: string; bytes: number; customJson: string; text: string | null; at: number };
};

export const updateTables = `
create table updateFile (role text not null, version integer not null, text text not null, at integer not null, expiresAt integer not null,
  primary key (role, version)) strict;
create table updateTarget (path text not null, sha256 text not null, bytes integer not null, customJson text not null, text text, at integer not null,
  primary key (path, sha256)) strict;
`;

export const updateKeys = `create table updateKey (name text primary key, secret text not null) strict;`;
