/** edges: the certificates that let them in, known by the SHA-256 of their DER form. `usedAt`: when one first did; then those before it are gone. */
export type EdgeTables = {
  edgeCertificate: { fingerprint: string; edge: string; publicKey: string; issuedAt: number; expiresAt: number; usedAt: number | null };
};

export const edgeTables = `
create table edgeCertificate (fingerprint text primary key, edge text not null references edge(id), publicKey text not null, issuedAt integer not null,
  expiresAt integer not null, usedAt integer) strict;
create index edgeCertificateByEdge on edgeCertificate (edge);
`;

/** SQLite lets no column go that is unique: what is left of the tokens says nothing. */
export const noTokens = `update edge set tokenHash = id;`;
