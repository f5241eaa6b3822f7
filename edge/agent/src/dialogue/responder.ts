import type { Generator } from '@wayside/models';
import type { Pack, Policy } from '@wayside/packs';
import type { Signal } from '@wayside/protocol';
import type { Watch } from '../diagnosis/watch.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { KnownThing, Registry } from '../link/registry.ts';
import { modelOf } from '../packs/family.ts';
import type { TelemetryRoom } from '../telemetry/telemetry.ts';
import { emergencyIntent } from './alarm.ts';
import { coreFamily, createGrammar } from './grammar.ts';
import { type Responded, respond, type TalkedAbout } from './respond.ts';
import type { Session } from './session.ts';

export type Responder = {
  /** Works out what to say to one utterance of a session. Writes nothing. */
  respond(session: Session, text: string, options: { handedOff: boolean; onToken?: (text: string) => void }): Promise<Responded>;
  /** Does the sentence tell of danger to somebody? Then nobody waits for a technician to read it. */
  hearsEmergency(session: Session, text: string): boolean;
};

const noRules: Policy = { rules: [] };

/** Brings to `respond` what it needs of this site: its things as they are now, its grammar, its rules. */
export function createResponder(parts: {
  packs: ReadonlyMap<string, Pack>;
  watch: Watch;
  knowledge: Knowledge;
  telemetry: TelemetryRoom;
  registry: Registry;
  now: () => number;
  generator?: Generator;
}): Responder {
  const { packs, watch, knowledge, telemetry, registry, now, generator } = parts;
  const grammar = createGrammar(packs.values());
  let named = '';
  /** Compiling the names costs more than a match: done only when a thing came or was renamed, not at every turn. */
  function nameThings(things: readonly TalkedAbout[]): void {
    const names = JSON.stringify(things.map(({ id, title, family }) => [id, title, family]));
    if (names !== named) grammar.nameThings(things);
    named = names;
  }
  const policyOf = (family: string | undefined) => packs.get(family ?? '')?.policy ?? packs.get(coreFamily)?.policy ?? noRules;

  return {
    hearsEmergency(session, text) {
      const heard = grammar.match(text, session.locale);
      return heard.kind === 'match' && heard.intent === emergencyIntent;
    },
    respond(session, text, { handedOff, onToken }) {
      const things = registry.all().map((thing) => talkedAbout(thing, packs, telemetry));
      nameThings(things);
      return respond({
        text,
        state: session.state,
        locale: session.locale,
        now: now(),
        watch,
        knowledge,
        grammar,
        things,
        // Once a person is on the way no rule need call for one; questions are answered as before.
        policyOf: handedOff ? () => noRules : policyOf,
        ...(generator ? { generator } : {}),
        ...(onToken ? { onToken } : {}),
      });
    },
  };
}

function talkedAbout(thing: KnownThing, packs: ReadonlyMap<string, Pack>, telemetry: TelemetryRoom): TalkedAbout {
  const family = thing.description?.family ?? 'unknown';
  const signals: Record<string, Signal> = modelOf(thing, packs);
  return {
    id: thing.id,
    title: thing.description?.title ?? thing.id,
    family,
    signals,
    actions: thing.description?.actions ?? packs.get(family)?.thing.actions ?? {},
    latest: (signal) => telemetry.latest(thing.id).get(signal),
  };
}
