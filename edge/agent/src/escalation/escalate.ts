import {
  type Attention,
  type Brief,
  type DtcReport,
  type FaultReport,
  type Handoff,
  type Route,
  redact,
  redactTurn,
} from '@wayside/contract';
import type { Pack } from '@wayside/packs';
import type { Signal } from '@wayside/protocol';
import type { HandoffStatus } from '../api/types.ts';
import { type Mood, trendOf } from '../dialogue/feelings/mood.ts';
import { letGo, type Session, turnsOf } from '../dialogue/session.ts';
import type { Registry } from '../link/registry.ts';
import { thingReport } from '../link/thing-report.ts';
import { familyOf, modelOf } from '../packs/family.ts';
import { localizedTitle } from '../packs/title.ts';
import type { People } from '../profiles/people.ts';
import type { Db } from '../store/schema.ts';
import type { History } from '../telemetry/history.ts';
import { briefOf } from './brief.ts';
import { capsule } from './capsule.ts';
import { raiseHandoff, saveHandoff } from './handoffs.ts';
import { telling, tracesAround } from './traces.ts';

export type EscalateParts = {
  now: () => number;
  registry: Registry;
  packs: ReadonlyMap<string, Pack>;
  history: History;
  faults(thing: string): readonly FaultReport[];
  dtcs(thing: string): DtcReport[];
  people: Pick<People, 'introduce'>;
};

/** How a person is brought in. */
export type How = { urgent?: boolean; attention?: Attention; route?: Route; mood?: Mood };

/** Hands a session to a person: gathers the whole context and keeps it, in the caller's transaction. Needs no network and no model. */
export async function escalate(
  parts: EscalateParts,
  tx: Db,
  session: Session,
  rule: Handoff['rule'],
  { urgent = false, attention = 'takes-over', route, mood }: How = {},
): Promise<HandoffStatus> {
  const { now, registry, packs, history } = parts;
  const known = session.state.thing ? registry.get(session.state.thing) : undefined;
  const faults = known ? parts.faults(known.id) : [];
  const dtcs = known ? parts.dtcs(known.id) : [];
  const model = modelOf(known, packs);
  const pack = packs.get(familyOf(known, packs));
  const person = parts.people.introduce(session.person, session.locale);
  await letGo(tx, session, now());
  const { consents } = session.state;
  const transcript = (await turnsOf(tx, session.id, 200)).map((turn) => redactTurn(turn, consents));
  const steps = await stepsTried(tx, session.id, known?.id, pack, now());
  const dangerous = faults.some((f) => f.safety === 'stop');
  return saveHandoff(
    tx,
    capsule(
      {
        session: { id: session.id, channel: session.channel, locale: session.locale, ...(person ? { person } : {}) },
        rule,
        urgency: urgent || (dangerous && attention === 'takes-over') ? 'urgent' : 'normal',
        attention,
        ...(route ? { route } : {}),
        ...(known ? { thing: thingReport(known) } : {}),
        faults,
        dtcs,
        traces: known ? await tracesAround(history, known.id, telling(faults, pack, model), model, since(faults, dtcs, now()), now()) : [],
        steps,
        transcript,
        brief: briefOf(
          { transcript, faults: [...faults], dtcs, steps },
          pack,
          consents.mood && mood ? mindOf(mood) : undefined,
          rule.id === 'emergency',
          haltedAt(session.state, known?.id),
        ),
        signals: meanings(faults, dtcs, model),
        consents,
      },
      now(),
    ),
  );
}

/** What stopped a step of the repair of this thing, without what may not be passed on. */
const haltedAt = ({ halted, consents }: Session['state'], thing: string | undefined): Session['state']['halted'] =>
  halted?.thing === thing ? halted && { ...halted, said: redact(halted.said, consents) } : undefined;

/** How they felt, for who agreed to have it told. */
function mindOf(mood: Mood): Brief['mind'] {
  const last = mood.readings.at(-1);
  const trend = trendOf(mood);
  return last && { mood: last.valence, ...(trend === undefined ? {} : { trend }) };
}

/** An open handoff asks for more: the hub is told why, with the faults as they are now. */
export function raise(
  { now, registry, faults }: EscalateParts,
  tx: Db,
  session: Session,
  open: HandoffStatus,
  rule: Handoff['rule'],
  { urgent = false, route }: How = {},
): Promise<HandoffStatus> {
  const known = session.state.thing ? registry.get(session.state.thing) : undefined;
  return raiseHandoff(tx, {
    case: open.case,
    session: session.id,
    at: Math.floor(now()),
    urgency: urgent || open.urgency === 'urgent' ? 'urgent' : 'normal',
    attention: 'takes-over',
    rule,
    ...(route ? { route } : {}),
    faults: known ? faults(known.id).slice(0, 50) : [],
  });
}

/** The rule that stands for a person who asked for a person. */
export const askedRule: Handoff['rule'] = {
  id: 'asked',
  because: { en: 'The person asked for a person.', zh: '用户要求人工服务。' },
  measures: {},
};

/** A repair may have been begun in another conversation: steps of so long ago still tell. */
const stepsTellForMs = 24 * 3_600_000;

async function stepsTried(
  tx: Db,
  session: string,
  thing: string | undefined,
  pack: Pack | undefined,
  now: number,
): Promise<Handoff['steps']> {
  const rows = await tx
    .selectFrom('stepTried')
    .selectAll()
    .where((e) =>
      e.or([
        e('session', '=', session),
        ...(thing === undefined ? [] : [e.and([e('thing', '=', thing), e('at', '>', Math.floor(now) - stepsTellForMs)])]),
      ]),
    )
    .orderBy('at')
    .execute();
  return rows.map(({ procedure, step, at, outcome }) => ({
    procedure,
    step,
    at,
    outcome: outcome as 'done' | 'skipped' | 'failed',
    text: pack?.procedures[procedure]?.steps.find((s) => s.id === step)?.text ?? localizedTitle(undefined, step),
  }));
}

/** When it began: the first sign of the likeliest faults, else the newest code, else now. */
function since(faults: readonly FaultReport[], dtcs: readonly DtcReport[], now: number): number {
  if (faults.length > 0) return Math.min(...faults.slice(0, 3).map((fault) => fault.since));
  return Math.max(0, ...dtcs.filter((dtc) => dtc.state !== 'cleared').map((dtc) => dtc.at)) || now;
}

/** Titles and units of the signals that evidence and freeze frames name, so that nobody has to know VSS paths by heart. */
function meanings(faults: readonly FaultReport[], dtcs: readonly DtcReport[], model: Record<string, Signal>): Handoff['signals'] {
  const named = [
    ...faults.flatMap(({ evidence }) => evidence.flatMap(({ signal }) => signal ?? [])),
    ...dtcs.flatMap((dtc) => Object.keys(dtc.freezeFrame ?? {})),
  ];
  return Object.fromEntries(
    [...new Set(named)].flatMap((name) => {
      const declared = model[name];
      return declared ? [[name, { title: localizedTitle(declared.title, name), ...(declared.unit ? { unit: declared.unit } : {}) }]] : [];
    }),
  );
}
