import type { CommandReport } from '@wayside/contract';
import { createAffect, type Embedder, type Generator, readDanger, readIntents, readMidway, readReplies } from '@wayside/models';
import { type Called, type Pack, type Policy, policyFile } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { Commands } from '../commands/commands.ts';
import type { Watch } from '../diagnosis/watch.ts';
import type { DeskRoom } from '../escalation/desk.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { KnownThing, Registry } from '../link/registry.ts';
import { actionsOf } from '../packs/actions.ts';
import { familyOf, modelOf } from '../packs/family.ts';
import type { People } from '../profiles/people.ts';
import { whyNot } from '../profiles/permit.ts';
import type { Repairs } from '../repair/repairs.ts';
import type { TelemetryRoom } from '../telemetry/telemetry.ts';
import { guide } from './decide/procedure.ts';
import { plainly } from './feelings/acknowledge.ts';
import type { ReadFeeling } from './feelings/feeling.ts';
import type { Mood } from './feelings/mood.ts';
import { createReadAffect } from './feelings/read-affect.ts';
import { heardAnywhere } from './grammar/alarm.ts';
import { type CompiledGrammar, coreFamily } from './grammar/compile-grammar.ts';
import { createGrammar } from './grammar/grammar.ts';
import type { Taught } from './grammar/taught.ts';
import type { HomeCall, HomeOffered } from './home/home.ts';
import type { PastKnown } from './look-back.ts';
import type { Responded, TalkedAbout } from './respond-types.ts';
import { respondWishes } from './respond-wishes.ts';
import { wasAdvised } from './say/advised.ts';
import type { AfterCommand } from './say/after-command.ts';
import type { AnswerContext } from './say/answer-context.ts';
import { sayWhere } from './say/say-repair.ts';
import { showStep } from './say/show-step.ts';
import type { Session } from './session.ts';
import { createClassify } from './understand/classify.ts';
import type { Examples } from './understand/examples.ts';
import { createHearDanger } from './understand/hear-danger.ts';
import type { KeptVectors } from './understand/kept-vectors.ts';
import { createAboutOther } from './understand/other-thing.ts';
import { spokenName } from './understand/readable.ts';
import { createPlainly } from './understand/regional.ts';
import { createRelevant } from './understand/relevant.ts';
import { rememberingLast } from './understand/remembering-last.ts';

export type Responder = {
  /** Somebody begins to talk: what their first sentence may want is made ready, without waiting. */
  expect(session: Pick<Session, 'state' | 'locale'>): void;
  /** Works out what to say to one utterance of a session. Writes nothing. */
  respond(
    session: Session,
    text: string,
    options: {
      called: Called;
      mood: Mood;
      interrupts: boolean;
      spoken: boolean;
      /** Whose voice it is: as they like answers. */
      sounds?: string | undefined;
      undoable?: CommandReport | undefined;
      onToken?: (text: string) => void;
    },
  ): Promise<Responded>;
  /** Somebody is in the middle of a procedure on this thing: where, with the offer to go on. */
  whereWeWere(thing: string, session: Session): { answer: Responded['answer']; state: Session['state'] } | undefined;
  /** What follows in a conversation from a command that has come to its end. */
  after(session: Session, command: CommandReport): AfterCommand;
  /** Does the sentence tell of danger to somebody? Then nobody waits for a technician to read it. */
  hearsEmergency(session: Session, text: string): boolean;
  /** What a client is to do in the home it controls: only what no sentence about our machines means, and nothing waits for an answer to. */
  inHome(session: Session, text: string, home: HomeOffered): Promise<HomeCall | undefined>;
};

/** After so long nobody is asked whether to go on; they can still say so. */
const resumableMs = 3 * 86_400_000;
const unwatched = (policy: Policy): Policy => ({ ...policy, rules: policy.rules.filter(({ effect }) => effect !== 'look-on') });

/** Brings to `respond` what it needs of this site: its things as they are now, its grammar, its rules. */
export function createResponder(parts: {
  packs: ReadonlyMap<string, Pack>;
  grammar: CompiledGrammar;
  /** What the desk taught besides. */
  taught?: Pick<Taught, 'behind'>;
  examples: Examples;
  /** Where the vectors of the examples outlive a restart. */
  kept?: KeptVectors;
  watch: Watch;
  knowledge: Knowledge;
  telemetry: TelemetryRoom;
  registry: Registry;
  commands: Pick<Commands, 'pending' | 'underWay' | 'isBusy'>;
  repairs: Pick<Repairs, 'progress' | 'watched' | 'decided' | 'rate'>;
  people: Pick<People, 'standing' | 'preferences' | 'isAlone'>;
  past: PastKnown;
  /** What is agreed with the customer of this site. */
  customer?: DeskRoom['customer'];
  /** What was done with a thing before. */
  now: () => number;
  generator?: Generator;
  embedder?: Embedder;
  readFeeling?: ReadFeeling;
}): Responder {
  // All that answers need is taken out here: a closure over `parts` would keep the grammar as it was sent, some megabytes.
  const { packs, watch, knowledge, telemetry, registry, commands, repairs, people, past, now, generator, customer } = parts;
  const embedder = parts.embedder && rememberingLast(parts.embedder);
  const readFeeling = parts.readFeeling ?? createReadAffect(createAffect(), embedder);
  const written = createGrammar(parts.grammar);
  const grammar = parts.taught?.behind(written) ?? written;
  const classify =
    embedder &&
    createClassify({
      examples: parts.examples,
      embedder,
      head: readIntents,
      replies: readReplies,
      midway: readMidway,
      kept: parts.kept,
    });
  const relevant = embedder && parts.embedder && createRelevant({ embedder, ofPassages: parts.embedder });
  const hearDanger = embedder && createHearDanger({ embedder, head: readDanger, wording: packs.get(coreFamily)?.wording });
  const aboutOther = createAboutOther(packs.get(coreFamily)?.wording);
  const inPlainWords = createPlainly(packs.get(coreFamily)?.wording);
  let named = '';
  /** Compiling the names costs more than a match: done only when a thing came or was renamed, not at every turn. */
  function nameThings(things: readonly TalkedAbout[]): void {
    const names = JSON.stringify(things.map(({ id, title, family }) => [id, title, family]));
    if (names !== named) grammar.nameThings(things);
    named = names;
  }
  const policyOf = (family: string | undefined) =>
    packs.get(family ?? '')?.policy ?? packs.get(coreFamily)?.policy ?? policyFile.parse({ rules: [] });

  return {
    expect({ state, locale }) {
      embedder?.warm();
      const thing = state.thing === undefined ? undefined : registry.get(state.thing);
      if (thing) classify?.expect?.(familyOf(thing, packs), locale);
    },
    whereWeWere(thing, { locale, state, person }) {
      const progress = repairs.progress(thing, person);
      const pack = watch.pack(thing);
      const step = progress && pack && now() - progress.changedAt < resumableMs ? guide(pack, progress, locale) : undefined;
      if (!step) return undefined;
      return {
        answer: {
          text: sayWhere(step.title, step.number, step.of, locale),
          rung: 'diagnosis',
          citations: [],
          choices:
            locale === 'zh'
              ? [
                  { say: '好', label: '继续' },
                  { say: '不用', label: '先不' },
                ]
              : [
                  { say: 'yes', label: 'Go on' },
                  { say: 'no', label: 'Not now' },
                ],
        },
        state: { ...state, pendingOffer: 'procedure' },
      };
    },
    after(session, command) {
      const known = registry.get(command.thing);
      const thing = known && talkedAbout(known, packs, telemetry, commands, session.locale);
      const context: AnswerContext = {
        now: now(),
        thing,
        things: thing ? [thing] : [],
        turned: false,
        placed: [],
        packOf: (id) => watch.pack(id),
        dtcs: watch.dtcs(command.thing),
        question: undefined,
        manner: plainly,
        called: 'nobody',
        lastAnswer: session.state.lastAnswer,
        advised: (fault) => wasAdvised(session.state, fault, now()),
        unheard: 0,
        because: undefined,
        faults: watch.faults(command.thing),
        mind: [],
        rate: repairs.rate,
        ...people.preferences(session.person),
        locale: session.locale,
      };
      return {
        context,
        pack: watch.pack(command.thing),
        progress: repairs.progress(command.thing, session.person),
        now: now(),
        show: (answer) => showStep(answer, thing, session.locale, knowledge),
      };
    },
    hearsEmergency(session, text) {
      const heard = grammar.match(text, session.locale);
      return heard.kind === 'match' && heardAnywhere.has(heard.intent);
    },
    async inHome({ locale, state }, text, { devices, offered }) {
      const waits = state.pendingCommand ?? state.pendingQuestion ?? state.pendingOffer;
      if (waits || grammar.match(text, locale).kind === 'match') return undefined;
      const { homeCall } = await import('./home/home-call.ts');
      const call = homeCall(text, devices);
      return call && offered.has(call.name) ? call : undefined;
    },
    respond(session, text, { called, mood, interrupts, spoken, sounds, undoable, onToken }) {
      const things = registry.all().map((thing) => talkedAbout(thing, packs, telemetry, commands, session.locale));
      nameThings(things);
      const alone = session.onlyHere && people.isAlone(session.person);
      return respondWishes({
        session: session.id,
        ...(session.person ? { person: session.person } : {}),
        whyNot: (risk) => whyNot(people.standing(session.person), risk),
        preferences: people.preferences(session.person ?? sounds),
        commands: { pending: commands.pending(session.id), underWay: commands.underWay(session.id), undoable },
        repairs: { ...repairs, progress: (thing) => repairs.progress(thing, session.person) },
        text,
        state: session.state,
        locale: session.locale,
        now: now(),
        watch,
        past,
        knowledge,
        grammar,
        classify,
        aboutOther,
        plainly: inPlainWords,
        hearDanger,
        relevant,
        things,
        // Who is to leave no trace is not watched: then nobody looks on unasked.
        policyOf: alone ? (family) => unwatched(policyOf(family)) : policyOf,
        called,
        mood,
        interrupts,
        spoken,
        core: packs.get(coreFamily),
        readFeeling,
        customer: alone ? undefined : customer?.(),
        ...(generator ? { generator } : {}),
        ...(onToken ? { onToken } : {}),
      });
    },
  };
}

/** A thing as the conversation and its commands see it. */
export function talkedAbout(
  thing: KnownThing,
  packs: ReadonlyMap<string, Pack>,
  telemetry: TelemetryRoom,
  commands: Pick<Commands, 'isBusy'>,
  locale?: Locale,
): TalkedAbout {
  const { id, description, presence } = thing;
  const family = familyOf(thing, packs);
  return {
    id,
    title: spokenName((locale && description?.titles?.[locale]) ?? description?.title ?? id),
    family,
    location: description?.location,
    maker: description?.maker,
    model: description?.model,
    firmware: description?.firmware,
    signals: modelOf(thing, packs),
    actions: actionsOf(description, packs.get(family)),
    latest: (signal) => telemetry.latest(id).get(signal),
    online: presence === 'online',
    onlyTells: thing.onlyTells ?? false,
    busy: commands.isBusy(id),
  };
}
