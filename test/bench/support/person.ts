import type { Random } from '../diagnosis/random.ts';
import type { Heard } from './line.ts';
import { createQuirks } from './quirk.ts';
import type { Task } from './task.ts';

/** What the person does next: says what they mean, perhaps after their hands did a step. */
export type Act = { means: string; step?: Step; proper?: boolean; waits: number } | 'leaves';
export type Step = NonNullable<NonNullable<Heard['answer']>['step']>;

export type Person = {
  /** The first thing they say. */
  begin(): Act;
  /** What they do upon what they heard, and saw on the panel. */
  hear(heard: readonly Heard[]): Act;
};

/** How much they bear before they ask for a person: what is not understood, or does not answer them, costs `cost`. */
const patience = 4;
const cost = { calm: 1, anxious: 1, hurried: 1.5, angry: 2 } as const;
/** ms that pass before they speak, and while they do a step. */
const pace = { calm: 9_000, anxious: 7_000, hurried: 4_000, angry: 5_000 } as const;
const stepTakes = 30_000;
const farAway = 120_000;
const errand = 3_600_000;
/** How often they do by hand what the agent offers to do, ask once in the middle whether it is safe, ask to hear a step again. */
const chances = { byHand: 0.35, asksMidway: 0.2, again: 0.12 };
/** So often somebody says the same in other words, and is shown the same step, before they have had enough. */
const tries = 3;
/** Said to what the agent asked. */
const answering = new Set(['yes', 'no', 'unsure', 'consent', 'deny', 'redo', 'accept-person']);
/** After these nobody goes on by themselves when a person is offered. */
const troubles = new Set(['danger', 'broke', 'jammed']);
/** What tells of danger, and what is tapped by who is in none. */
const dangers = new Set(['alarm', 'emergency', 'danger']);
const denials = new Set(['no', '没有']);
/** Said in the middle of a step, which goes on afterwards. */
const asides = new Set(['safe', 'again', 'stuck', 'what-happens', 'do-it', 'wander', 'back', 'refuse', 'where', 'found-tool', ...troubles]);

/**
 * A person as a small machine: what they want in order, what they can do, how much they bear. The same seed does the same.
 * They read the panel as people do (a question, a step, a proposal that waits), and answer in words.
 * @param sees what is so, for what the agent may ask: `yes`, `no`, `unsure`
 */
export function createPerson(task: Task, sees: (observation: string) => 'yes' | 'no' | 'unsure', random: Random): Person {
  const wants = [...task.agenda];
  let now = wants.shift() as string;
  let tried = 1;
  let left = patience;
  let closing = false;
  let called = false;
  let calledOff = false;
  const quirk = createQuirks(task.quirks);
  let redone = false;
  let asked = false;
  let midway = !random.chance(chances.asksMidway);
  let again = !random.chance(chances.again);
  let stuck = task.hands !== 'lost';
  /** The step they are at, and how often it was shown. */
  let at: Step | undefined;
  const shown = new Map<string, number>();
  /** The proposal they said yes to, which need not be said again while it is carried out. */
  let agreed: string | undefined;
  /** What they meant last. */
  let meant = '';

  const say = (means: string, more: Partial<Exclude<Act, 'leaves'>> = {}): Act => {
    meant = means;
    return { means, waits: pace[task.mood], ...more };
  };
  const close = (means: string): Act => {
    closing = true;
    return say(means);
  };
  const callPerson = (): Act => {
    if (called) return 'leaves';
    called = true;
    return say('person');
  };

  function decide(proposal: string): Act {
    if (task.consents === 'no') return say('deny');
    if (task.consents === 'asks' && !asked) {
      asked = true;
      return say('what-happens');
    }
    if (task.consents === 'slow' && !asked) {
      asked = true;
      return say('consent', { waits: farAway });
    }
    agreed = proposal;
    return say('consent');
  }

  function work(step: Step): Act {
    at = step;
    const times = (shown.get(step.step) ?? 0) + 1;
    shown.set(step.step, times);
    if (times > tries) return callPerson();
    if (!again && times === 1) {
      again = true;
      return say('again');
    }
    if (!midway && step.number > 1) {
      midway = true;
      return say('safe');
    }
    const odd = times === 1 ? quirk(step.number > 1 ? 'step' : 'first-step') : undefined;
    if (odd) return say(odd.means, odd);
    const mends = task.mends.includes(step.step) || (step.action !== undefined && task.mends.includes(step.action.name));
    if (mends && task.hands === 'unable') return say('cannot');
    if (mends && !stuck) {
      stuck = true;
      return say('stuck');
    }
    const proper = !(mends && task.hands === 'clumsy' && !redone);
    if (step.action && meant !== 'do-it' && !random.chance(chances.byHand)) return say('do-it');
    const found = task.finds[step.step] ?? 'yes';
    return say(step.asks ? found : 'done', { step, proper, waits: stepTakes });
  }

  /** What they said was not understood, or did not answer them. An answer is given again in other words, a guess is let go. */
  function insist(): Act {
    left -= cost[task.mood];
    if (left <= 0 || ++tried > tries) return callPerson();
    if (now === 'belief') return goOn();
    return say(answering.has(meant) ? meant : now);
  }

  function goOn(): Act {
    const next = wants.shift();
    tried = 1;
    if (next !== undefined) {
      now = next;
      return say(next);
    }
    if (task.goal === 'mend' && now !== 'status') {
      now = 'status';
      return say('status');
    }
    return close(task.goal === 'mend' ? 'thanks' : random.pick(['thanks', 'thanks', 'wait']));
  }

  return {
    begin: () => say(now),
    hear(heard) {
      const last = heard.at(-1) as Heard;
      if (closing) return 'leaves';
      const verdict = heard.findLast(({ answer }) => answer?.repair && answer.repair.state !== 'watching')?.answer?.repair;
      if (verdict?.state === 'fixed') return close('thanks');
      if (verdict?.state === 'not-fixed') {
        if (task.hands !== 'clumsy' || redone) return say('accept-person');
        redone = true;
        shown.clear();
        now = 'fix';
        tried = 1;
        return say('redo');
      }
      const { command, question, step, offerPerson, choices } = last.answer ?? {};
      // Whether there is danger: they know.
      if (!question && !command && choices?.some((one) => denials.has(one.say)))
        return say(task.goal === 'emergency' || dangers.has(meant) ? 'yes' : 'no');
      if (command?.state === 'proposed' && command.command !== agreed) return decide(command.command);
      if (heard.some(({ handoff }) => handoff) && !calledOff) {
        const off = quirk('called');
        if (!off) return close('wait');
        calledOff = true;
        return say(off.means);
      }
      if (offerPerson && (troubles.has(meant) || meant === 'complain')) return say('accept-person');
      // Somebody gets what was missing, and comes back.
      if (at && meant === 'no-tool') return say('found-tool', { waits: errand });
      if (question) return say(quirk('question')?.means ?? sees(question.observation));
      if (step) {
        now = 'fix';
        return work(step);
      }
      // What they asked in the middle of a step is answered, or not: on with it, by hand where the agent did not do it.
      if (at && asides.has(meant)) return work(at);
      if (meant === 'call-off') return goOn();
      if (last.lost) return insist();
      if (offerPerson && (left <= 1 || task.hands === 'unable')) return say('accept-person');
      return answers(now, last) ? goOn() : insist();
    },
  };

  /** Does what was said answer what they wanted? What the machine did tells as well as words. */
  function answers(wanted: string, { answer, faults }: Heard): boolean {
    // Without another step the last one is behind them.
    if (wanted === 'fix') return at !== undefined;
    if (wanted === 'order') return answer?.command !== undefined || task.ends.as === 'withheld';
    if (wanted === 'tell' && task.goal === 'mend') return faults.length > 0;
    if (wanted === 'person') return false;
    return true;
  }
}
