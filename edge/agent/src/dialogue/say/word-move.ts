import type { Rung } from '@wayside/contract';
import { gravest } from '../decide/graveness.ts';
import type { Move } from '../decide/move.ts';
import { askDanger, emergency } from '../emergency.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeFault } from './cite.ts';
import { sayCommand } from './say-command.ts';
import { sayComplaint } from './say-complaint.ts';
import { sayComponent } from './say-component.ts';
import { allWell, explain, list, safe } from './say-fault.ts';
import { sayHandoff } from './say-handoff.ts';
import { sayJudged } from './say-judged.ts';
import { sayKnown } from './say-known.ts';
import { sayLookBack } from './say-look-back.ts';
import { explainDtc, readSignals } from './say-machine.ts';
import { sayMay } from './say-may.ts';
import { sayMidway } from './say-midway.ts';
import { sayNotGone, stillReported } from './say-not-gone.ts';
import { sayNoted } from './say-noted.ts';
import { sayPassages } from './say-passages.ts';
import { readPast } from './say-past.ts';
import { sayFinished, sayRepair, sayStep, sayTakes } from './say-repair.ts';
import { saySimpler } from './say-simpler.ts';
import { suspect, unconfirmed } from './say-suspect.ts';
import { sayTerms } from './say-terms.ts';
import { sayUnheard } from './say-unheard.ts';
import { sayWhich } from './say-which.ts';
import { sayWhichSign } from './say-which-sign.ts';
import { saySmallTalk } from './small-talk.ts';
import { withSafety } from './with-safety.ts';
import { say } from './wording.ts';

/** Whether it is safe, asked by who told of a danger: what keeps them safe, and of what the sensors say only to stop. */
const sayMind = ({ mind, locale }: AnswerContext, stop?: string): Said => ({
  parts: [say('safeUnclear', locale), stop, ...mind, say('mindTold', locale)],
  shows: { do: [say('safeUnclear', locale), stop, ...mind] },
  rung: 'diagnosis',
  grounds: [stop ?? '', ...mind],
});

/** What the machine that is talked of must be stopped for now. */
const mustStop = ({ faults, thing }: AnswerContext) => gravest(faults.filter((one) => one.thing === thing?.id && one.safety === 'stop'));

/** The words of a move, whatever stands around them. */
export function wordMove(move: Move, context: AnswerContext): Said {
  const { locale, thing, faults } = context;
  const fixed = (...which: Parameters<typeof say>[0][]): Said => ({ parts: which.map((one) => say(one, locale)), rung: 'grammar' });
  switch (move.kind) {
    case 'emergency':
      return emergency(move, context.placed, locale);
    // Whatever is asked, what the machine itself must be stopped for is said before it.
    case 'ask-danger':
      return withSafety(askDanger(move.hazard, locale), mustStop(context), locale);
    case 'handoff':
      return sayHandoff(move, context);
    case 'explain-fault': {
      const explained = explain(move.fault, move.others, context);
      const [advice, ...rest] = explained.parts;
      return 'unheard' in move ? { ...explained, parts: [advice, say('unheardButShows', locale), ...rest] } : explained;
    }
    case 'list-faults':
      return list(move.faults, move.dtcs, locale, context.atMost);
    case 'safe-answer':
      if (context.mind.length > 0 && move.fault?.safety !== 'stop') return sayMind(context);
      return move.fault ? safe(move.fault, context, move.asked) : { parts: [say('noReasonToStop', locale)], rung: 'diagnosis' };
    case 'safe-unclear': {
      const worst = move.worst === undefined ? undefined : thing && context.packOf(thing.id)?.faults[move.worst];
      const advice = worst?.safetyAdvice[locale];
      if (context.mind.length > 0) return sayMind(context, worst?.safety === 'stop' ? advice : undefined);
      return { parts: [say('safeUnclear', locale), advice, say('safeUnclearWhy', locale)], rung: 'diagnosis', grounds: [advice ?? ''] };
    }
    case 'all-well':
      return allWell(move, context);
    case 'suspect':
      return suspect(move, context);
    case 'unconfirmed':
      return unconfirmed(move, context);
    case 'may':
    case 'may-unknown':
    case 'term': {
      const stops = gravest(faults.filter((one) => one.thing === thing?.id && one.safety === 'stop' && !context.advised(one)));
      return withSafety(move.kind === 'term' ? sayTerms(move.terms, context) : sayMay(move, context), stops, locale);
    }
    case 'unwatched':
      return { ...fixed('unwatched'), rung: 'diagnosis', more: { offerPerson: true } };
    case 'no-thing':
      return fixed('noThing');
    case 'read-signal':
    case 'judge':
    case 'read-past': {
      const here = faults.filter(
        (one) =>
          one.thing === thing?.id &&
          one.safety === 'stop' &&
          one.evidence.some(({ signal, for: speaks }) => speaks && signal === move.signal),
      );
      const said =
        move.kind === 'judge'
          ? sayJudged(move, context)
          : move.kind === 'read-signal'
            ? readSignals(move.signal, context, move.signals)
            : readPast(move, context);
      return withSafety(said, gravest(here), locale);
    }
    case 'component':
      return sayComponent(move, context);
    case 'look-back':
    case 'known': {
      const stops = move.fault?.safety === 'stop' && !context.advised(move.fault) ? move.fault : undefined;
      return withSafety(move.kind === 'known' ? sayKnown(move, context) : sayLookBack(move, context), stops, locale);
    }
    case 'explain-dtc': {
      const here = faults.filter(
        (one) =>
          one.thing === thing?.id && !context.advised(one) && one.evidence.some(({ ref, for: speaks }) => speaks && ref === move.code),
      );
      return withSafety(explainDtc(move.code, context), gravest(here), locale);
    }
    case 'noted':
      return sayNoted(move, context);
    case 'step':
      return sayStep(move, context);
    case 'complaint':
      return sayComplaint(move, context);
    case 'which-thing':
      return sayWhich(move.things, locale);
    case 'which-sign':
      return sayWhichSign(move.signs, context);
    case 'midway':
      return sayMidway(move, context);
    case 'finished':
      return sayFinished(move, context);
    case 'step-to-person':
      return { parts: [say('handoffRule', locale), move.because[locale]], rung: 'diagnosis', grounds: [move.because[locale]] };
    case 'repair-state': {
      const said = sayRepair(move.repair, locale);
      const fault = faults.find((one) => one.thing === move.repair.thing && one.fault === move.repair.fault);
      const advice = fault && !context.advised(fault) ? fault.safetyAdvice[locale] : undefined;
      const codes = move.says === 'fixed' ? stillReported(context)?.parts : undefined;
      return {
        ...said,
        parts: [advice, move.says ? say('notedYes', locale) : undefined, ...said.parts, ...(codes ?? [])],
        shows: { do: [advice] },
        grounds: [...(said.grounds ?? []), advice ?? '', ...(codes ?? [])],
      };
    }
    case 'not-gone':
      return sayNotGone(move, context);
    case 'propose':
    case 'run':
    case 'agree':
    case 'under-way':
    case 'withhold':
    case 'refuse':
    case 'no-command':
      return sayCommand(move, context);
    case 'nothing-to-undo':
      return fixed('nothingToUndo');
    case 'no-procedure':
      return {
        parts: [move.fault.safetyAdvice[locale], say('noProcedure', locale)],
        shows: { do: [move.fault.safetyAdvice[locale]] },
        rung: 'diagnosis',
        citations: [citeFault(move.fault, locale)],
        grounds: [move.fault.safetyAdvice[locale]],
        more: { offerPerson: true },
      };
    case 'passages':
      return sayPassages(move, context);
    case 'reject':
      if (move.foreign) return { parts: [move.foreign.says], rung: 'grammar', grounds: [move.foreign.says], more: { offerPerson: true } };
      if (move.wordless) return { ...fixed('wordless'), more: { offerPerson: true } };
      // Nobody drives on because a sentence was not understood; a rule that calls somebody says it by itself.
      return withSafety(sayUnheard(move, context), move.waits || context.because ? undefined : mustStop(context), locale);
    case 'repeat':
      return context.lastAnswer
        ? { parts: [context.lastAnswer.text], rung: context.lastAnswer.rung as Rung, grounds: [context.lastAnswer.text] }
        : fixed('nothingToRepeat');
    case 'simpler':
      return saySimpler(move.fault, context);
    case 'takes':
      return sayTakes(move.fault, context);
    case 'cancelled':
      return fixed(move.emergency ? 'emergencyOver' : move.something ? 'cancelled' : 'nothingToCancel');
    case 'small-talk':
      return saySmallTalk(move.talk, context);
  }
}
