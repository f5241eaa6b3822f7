import type { CaseRow, CaseView, Duty } from '../api/types.ts';
import { type Edge, fault, handoff, type Scenario, startScenario } from '../scenario.ts';

// What the tests of the queue stand on.

export const hour = 3_600_000;
/** Somebody who takes on what is said in English, at any time. */
export const duty: Duty = { skills: [], languages: ['en'], hours: '', zone: 'UTC', most: 5, away: false };
/** What a handoff says of a case that wants a skill. */
export const skilled = (id: string, skill: string) => ({
  route: {
    to: 'technician' as const,
    because: { en: 'x', zh: 'x' },
    kind: 'repair' as const,
    complexity: 0.5,
    severity: 2,
    skill: { id: skill, title: { en: skill, zh: skill } },
  },
  case: id,
});
/** What a handoff says of how grave it is. */
export const severe = (severity: 'info' | 'advice' | 'warning' | 'danger') => ({ faults: [{ ...fault(), severity }] });

/** A hub with its own clock, an edge, and two technicians. */
export async function startDesk(settings = {}) {
  let at = Date.parse('2026-11-26T10:00:00Z');
  const site = await startScenario({ deskZone: 'UTC', ...settings }, () => at);
  const edge = await site.edge('e1');
  const desk = {
    site,
    edge,
    ada: await site.technician('Ada'),
    ben: await site.technician('Ben'),
    now: () => at,
    pass: (ms: number) => {
      at += ms;
    },
    tell: (id: string, more: object = {}) => edge.tell('handoff', handoff(id, { at, ...more })),
  };
  return desk;
}

/** The queue as somebody sees it. */
export const queue = async (as: Scenario['as'], query = '?state=open') =>
  (await as<{ cases: CaseRow[]; asked: CaseRow[]; counts: Record<string, number>; nextWake: number | null }>('GET', `/v1/cases${query}`))
    .body;
export const ids = async (as: Scenario['as'], query?: string) => (await queue(as, query)).cases.map((each) => each.id);
export const idOf = async (as: Scenario['as']) => (await as<{ id: string }>('GET', '/v1/me')).body.id;
export const view = async (as: Scenario['as'], id: string) => (await as<CaseView>('GET', `/v1/cases/${id}`)).body;
/** The bodies of what an edge was sent, of one kind. */
export const down = async (edge: Edge, kind: string) =>
  (await edge.down(0, 256)).envelopes.filter((one) => one.kind === kind).map(({ body }) => body as Record<string, unknown>);
