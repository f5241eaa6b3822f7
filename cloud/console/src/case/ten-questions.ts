import type { CaseView } from '../api/types.ts';
import type { Words } from '../words/en.ts';
import { sayAbout, sayPercent } from '../words/say.ts';

export type Answered = { question: keyof Words['case']['ten']; says: string[] };

const strictness = { stop: 2, gently: 1, 'go-on': 0 } as const;

/**
 * The ten questions a technician asks first (docs/handoff.md), each with what the case says to it, always in this order. One that nothing
 * answers says so: that, too, is worth knowing before the first word.
 */
export function tenQuestions(
  view: CaseView,
  w: Words,
  pick: (text: { en: string; zh: string }) => string,
  locale: 'en' | 'zh',
  now: number,
): Answered[] {
  const { handoff } = view;
  const { person, thing, brief, faults, dtcs, steps, route } = handoff;
  const gap = locale === 'zh' ? '，' : ', ';
  const [top, second] = faults;
  const strictest = faults.toSorted((a, b) => strictness[b.safety] - strictness[a.safety])[0];
  const codes = dtcs.filter(({ state }) => state !== 'cleared').map(({ code, title }) => (title ? `${code} ${pick(title)}` : code));
  const seen = (top?.evidence ?? []).filter((one) => one.for && one.kind === 'symptom').map(({ title }) => pick(title));
  const began = Math.min(
    ...faults.slice(0, 1).map(({ since }) => since),
    ...dtcs.filter(({ state }) => state !== 'cleared').map(({ at }) => at),
  );
  const likely = (fault: (typeof faults)[number]) => `${pick(fault.title)} (${sayPercent(Math.min(0.99, fault.probability))})`;
  const rows: [Answered['question'], (string | undefined)[]][] = [
    [
      'who',
      [
        [
          person?.name ?? person?.id ?? w.case.noName,
          w.language[view.locale],
          (w.case.channels as Record<string, string>)[handoff.channel] ?? handoff.channel,
        ].join(gap),
      ],
    ],
    [
      'machine',
      thing
        ? [
            [
              pick(thing.titles ?? { en: thing.title, zh: thing.title }),
              [thing.maker, thing.model].filter(Boolean).join(' '),
              thing.year,
              thing.firmware,
              view.presence && w.case.presence[view.presence],
            ]
              .filter(Boolean)
              .join(gap),
          ]
        : [w.case.noThing],
    ],
    ['problem', theirWords(view).map((one) => `“${one}”`)],
    ['safe', [view.emergency ? w.case.emergency.title : strictest && w.safety[strictest.safety]]],
    ['since', [Number.isFinite(began) ? w.case.ago(sayAbout(now - began, locale)) : undefined]],
    ['reports', [[...codes.slice(0, 3), ...seen.slice(0, 2)].join(locale === 'zh' ? '；' : '; ') || undefined]],
    [
      'cause',
      [
        top &&
          [likely(top), second && second.probability >= 0.1 ? likely(second) : undefined]
            .filter(Boolean)
            .join(locale === 'zh' ? '；' : '; '),
      ],
    ],
    ['tried', steps.length > 0 ? steps.slice(-3).map((step) => `${pick(step.text)} – ${w.case.outcomes[step.outcome]}`) : [w.case.noSteps]],
    ['open', view.emergency ? [] : (brief?.open ?? []).slice(0, 2).map(pick)],
    [
      'next',
      [
        view.emergency ? w.case.emergency.text : brief && pick(brief.next),
        [
          `${w.case.why}${w.shell.colon}${pick(handoff.raised?.rule.because ?? handoff.rule.because)}`,
          route?.skill && `${w.case.skill}${w.shell.colon}${pick(route.skill.title)}`,
          brief?.mind &&
            `${w.case.measures.sentiment}${w.shell.colon}${w.case.moods[brief.mind.mood < -0.3 ? 'low' : brief.mind.mood > 0.3 ? 'good' : 'even']}`,
        ]
          .filter(Boolean)
          .map((part) => (locale === 'zh' ? String(part).replace(/。?$/, '。') : part))
          .join(locale === 'zh' ? '' : ' '),
      ],
    ],
  ];
  return rows.map(([question, says]) => {
    const known = says.filter((one): one is string => one !== undefined && one !== '');
    return { question, says: known.length > 0 ? known : [w.case.notKnown] };
  });
}

/** What they said of the trouble; of who asked for a person straight away, how they asked. */
function theirWords({ handoff, turns }: CaseView): string[] {
  const said = handoff.brief?.said ?? [];
  return said.length > 0 ? said : turns.flatMap(({ by, text }) => (by === 'operator' ? [text] : [])).slice(0, 1);
}
