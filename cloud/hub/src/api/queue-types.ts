import { locale, localized } from '@wayside/protocol';
import { z } from 'zod';
import { readHours } from '../queue/desk.ts';

/** What the queue, its rules and the technicians' duties look like at the hub's door. */

const factor = z.number().min(0).max(1000);
const minutes = z
  .number()
  .min(1)
  .max(60 * 24 * 90);
const promise = z.object({ reply: minutes, resolve: minutes }).strict();

/** How the queue is ordered and what is promised. A case's place is the product of its factors; a factor of 1 changes nothing. */
export const queueRules = z
  .object({
    severity: z.object({ unknown: factor, info: factor, advice: factor, warning: factor, danger: factor }).strict(),
    urgent: factor,
    /** 1 at first, this much more for each hour waited, until `mostHours`. `nobody`: nobody waits for a word now. */
    waiting: z.object({ perHour: factor, mostHours: z.number().min(0).max(720), nobody: factor }).strict(),
    /** How much more the most valued customer counts than one of whom nothing is known. */
    value: factor,
    /** How much more somebody in despair counts than somebody calm. */
    mood: factor,
    /** For a technician who lacks the skill, or does not speak the language. */
    misfit: z.object({ skill: factor, language: factor }).strict(),
    /** For so long a new case is kept for the technician it fits best. */
    offerMinutes: z.number().min(0).max(120),
    /** Within how many minutes of the desk's hours somebody is to have replied and it is to be resolved. */
    promise: z
      .object({
        urgent: promise,
        normal: promise,
        /** The share of that time after which the clock warns. */
        warn: z.number().min(0.1).max(1),
      })
      .strict(),
  })
  .strict();
export type QueueRules = z.infer<typeof queueRules>;

/** The factors whose product is a case's place in the queue. */
export const whyHere = z.object({
  severity: z.number(),
  urgency: z.number(),
  waiting: z.number(),
  value: z.number(),
  mood: z.number(),
  fit: z.number(),
});
export type WhyHere = z.infer<typeof whyHere>;

/** What is due next, and from when on that is close. */
export const clock = z.object({ for: z.enum(['reply', 'resolve']), warnAt: z.number(), dueAt: z.number() });

const person = z.object({ id: z.string(), name: z.string() });

/** What the queue adds to a case: for the technician who looks. */
export const placed = z.object({
  priority: z.number(),
  why: whyHere,
  fits: z.object({ skill: z.boolean(), language: z.boolean() }),
  clock: clock.nullable(),
  /** Kept for this technician for the moment. */
  offered: person.nullable(),
  snoozed: z.object({ until: z.number(), why: z.string() }).nullable(),
  mergedInto: z.string().nullable(),
  /** The known issue it belongs to. */
  issue: z.string().nullable(),
  /** A colleague asks the technician who looks to come in. */
  asked: z.boolean(),
});

/** What a technician takes on. Without hours: whenever they are signed in; without skills: a bit of everything. */
export const duty = z
  .object({
    skills: z.array(z.string().min(1).max(64)).max(100),
    languages: z.array(locale).min(1).max(2),
    hours: z
      .string()
      .max(500)
      .refine((text) => readHours(text) !== undefined, 'hours are written like Mon-Fri 08:00-18:00; Sat 09:00-13:00'),
    zone: z.string().min(1).max(60).refine(isZone, 'it takes a time zone such as Europe/Berlin'),
    /** No case is offered to who has so many. */
    most: z.int().min(1).max(50),
    away: z.boolean(),
  })
  .strict();
export type Duty = z.infer<typeof duty>;

export const skillList = z.object({ skills: z.array(z.object({ id: z.string(), title: localized })) });

export const colleague = person.extend({ duty, onShift: z.boolean(), here: z.boolean(), load: z.int() });
export type Colleague = z.infer<typeof colleague>;
export const colleagueList = z.object({ colleagues: z.array(colleague) });

/** What a technician tells a colleague before they come in; who has not seen it cannot. */
export const briefing = z.object({
  id: z.string(),
  case: z.string(),
  from: person,
  to: person,
  wants: z.enum(['help', 'take-over']),
  text: z.string(),
  at: z.number(),
  seenAt: z.number().nullable(),
  answer: z.enum(['accepted', 'declined', 'withdrawn']).nullable(),
});
export type Briefing = z.infer<typeof briefing>;
export const newBriefing = briefing
  .pick({ wants: true })
  .extend({ to: z.string().min(1).max(80), text: z.string().trim().min(1).max(4000) })
  .strict();

/** A case given to whoever has a skill and speaks a language, with a note; who takes it has read the note. */
export const transfer = z.object({
  id: z.string(),
  from: person,
  /** `null`: none in particular. */
  skill: z.object({ id: z.string(), title: localized }).nullable(),
  language: locale,
  text: z.string(),
  at: z.number(),
  /** By the technician who looks. */
  read: z.boolean(),
  /** Who took it, or took it back. */
  to: person.nullable(),
  endedAt: z.number().nullable(),
  outcome: z.enum(['taken', 'withdrawn']).nullable(),
});
export type Transfer = z.infer<typeof transfer>;
export const newTransfer = z
  .object({ skill: z.string().min(1).max(64).nullable(), language: locale, text: z.string().trim().min(1).max(4000) })
  .strict();

/** A technician who has a case open, and whether they write. */
export const attendant = person.extend({ writes: z.boolean() });
export type Attendant = z.infer<typeof attendant>;
export const attend = z.object({ does: z.enum(['looks', 'writes', 'leaves']) }).strict();
export const attendants = z.object({ here: z.array(attendant) });
/** Somebody opened a case, writes in it or left it. */
export type Attends = { case: string; id: string; name: string; does: z.infer<typeof attend>['does'] };
/** Told on `/v1/events` to those who have the case open, and to nobody else. */
export type CaseWhisper = { event: 'attend'; data: { case: string; here: Attendant[] } };

export const snooze = z.object({ until: z.int().positive(), why: z.string().trim().max(300).default('') }).strict();
export const merge = z.object({ into: z.string().min(1).max(64) }).strict();
export const issueLink = z.object({ issue: z.string().min(1).max(64).nullable() }).strict();
/** `fitting`: only what one has the skill and the language for. */
export const takeNextOf = z.object({ which: z.enum(['fitting', 'any']) }).strict();
/** `null`: nothing waits that they could take. One with a note they have not read is kept for them until they have. */
export const nextCase = z.object({ case: z.string().nullable() });

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
