/** visits: technicians who look at a machine live; `heardAt` is when somebody was last there to see it. */
export type VisitTables = {
  visit: {
    id: string;
    case: string;
    edge: string;
    technician: string;
    calledAt: number;
    until: number;
    heardAt: number;
    beganAt: number | null;
    endedAt: number | null;
    why: string | null;
  };
};

export const visitTables = `
create table visit (id text primary key, "case" text not null references "case"(id), edge text not null, technician text not null references technician(id),
  calledAt integer not null, until integer not null, heardAt integer not null, beganAt integer, endedAt integer, why text) strict;
create index visitByCase on visit ("case", calledAt);
create index visitGoing on visit (edge) where endedAt is null;
`;
