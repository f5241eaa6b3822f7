import { keepTurns } from './cases/keep-turns.ts';
import { openCase } from './cases/open.ts';
import { raiseCase } from './cases/raise.ts';
import { markSeen } from './cases/turns.ts';
import type { HubConfig } from './config.ts';
import { keepRated } from './customers/customers.ts';
import { keepDtcs, keepEdge, keepFaults, keepSessions, keepThings } from './fleet/report.ts';
import { keepRecommendation } from './insight/recommendations.ts';
import { keepPerson } from './people/keep.ts';
import { keepAlarm, keepErasure, keepGap } from './record/keep.ts';
import type { LogKey } from './record/log-key.ts';
import { takeCosignature } from './record/take-cosignature.ts';
import { takeSeal } from './record/take-seal.ts';
import { keepCommand, keepConsent, keepOutcome } from './repair/keep.ts';
import { keepTook } from './rollout/carry.ts';
import type { Effects } from './sync/apply.ts';
import { keepVisit } from './visits/visits.ts';

/** What the rooms make of what edges tell. */
export const effectsWith = (logKey: LogKey, config: HubConfig): Effects => ({
  thing: keepThings,
  session: keepSessions,
  turn: keepTurns,
  handoff: (here, edge, handoff) => openCase(here, edge, handoff, config),
  raise: (here, edge, raise) => raiseCase(here, edge, raise, config),
  fault: keepFaults,
  dtc: keepDtcs,
  seen: markSeen,
  command: keepCommand,
  consent: keepConsent,
  outcome: keepOutcome,
  person: keepPerson,
  recommendation: keepRecommendation,
  visit: keepVisit,
  edge: keepEdge,
  took: keepTook,
  rated: keepRated,
  seal: takeSeal(logKey),
  cosignature: takeCosignature(logKey),
  alarm: keepAlarm,
  erase: keepErasure,
  gap: keepGap,
  // These are only recorded.
  lease: async () => {},
  erased: async () => {},
  policy: async () => {},
  export: async () => {},
});
