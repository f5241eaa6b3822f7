import { isEmergency } from '@wayside/contract';
import type { Localized } from '@wayside/protocol';
import type { AssistFacts, Missing, Reminder, Suggestion } from '../api/assist-types.ts';
import type { CaseView } from '../api/types.ts';
import { sayEvidence } from '../cases/say-evidence.ts';

/** What follows from a case by rules alone: what to do next and why, what is not known, what must not be forgotten. */
export const factsOf = (view: CaseView, now: number): AssistFacts => ({
  next: nextSteps(view),
  missing: missingIn(view),
  reminders: remindersFor(view, now),
});

const outOfDanger: Localized = {
  en: 'First make sure that everybody is out of danger and help has been called; then ask about the machine.',
  zh: '先确认所有人已脱离危险、已经报警求助，再谈设备。',
};

const both = (en: string, zh: string): Localized => ({ en, zh });

function nextSteps({ handoff, similar }: CaseView): Suggestion[] {
  const [top] = handoff.faults;
  const steps: Suggestion[] = [];
  const emergency = isEmergency(handoff);
  if (handoff.brief)
    steps.push({
      text: emergency ? outOfDanger : handoff.brief.next,
      because:
        top && !emergency
          ? top.evidence
              .filter((each) => each.for)
              .slice(0, 3)
              .map((each) => {
                const said = sayEvidence(each, handoff.signals);
                return { kind: each.kind === 'dtc' ? ('dtc' as const) : ('fault' as const), ref: each.ref, text: said.en, said };
              })
          : becauseOf(handoff, emergency),
    });
  const [like] = similar;
  if (like)
    steps.push({
      text: both(`This solved a case like it: ${like.resolution}`, `类似工单是这样解决的：${like.resolution}`),
      because: [{ kind: 'person', ref: like.id, text: like.title.en, said: like.title }],
    });
  return steps;
}

/** Where no fault is known: the codes that it reports, else why it was handed over. */
function becauseOf({ rule, dtcs }: CaseView['handoff'], emergency: boolean): Suggestion['because'] {
  const codes = emergency ? [] : dtcs.filter(({ state }) => state !== 'cleared').slice(0, 3);
  if (codes.length === 0) return [{ kind: 'rule', ref: rule.id, text: rule.because.en, said: rule.because }];
  return codes.map(({ code, title }) => {
    const said = title ? both(`${code} ${title.en}`, `${code} ${title.zh}`) : both(code, code);
    return { kind: 'dtc', ref: code, text: said.en, said };
  });
}

function missingIn({ handoff }: CaseView): Missing[] {
  const { thing, locale, brief, faults } = handoff;
  const gaps: Missing[] = [];
  const lacks = (what: Localized, ask: Localized) => gaps.push({ what, ask: ask[locale] });
  if (!thing) lacks(both('Which machine', '是哪台设备'), both('Which machine is this about?', '请问是哪台设备？'));
  if (faults.length === 0)
    lacks(
      both('Since when', '何时开始'),
      both('Since when has this been so, and what was done just before?', '这种情况从什么时候开始的？之前做过什么？'),
    );
  if (thing && !thing.model)
    lacks(both('Its model', '设备型号'), both('Which model is it? It stands on the type plate.', '请问是什么型号？铭牌上有标注。'));
  if (thing && !thing.firmware)
    lacks(both('Its firmware', '固件版本'), both('Which software version does it show?', '请问它显示的软件版本是多少？'));
  // What the diagnosis would ask next is worth most: it stands first.
  // In an emergency nobody asks about the engine first.
  if (isEmergency(handoff)) return [];
  return [
    ...(brief?.open ?? []).filter((open) => /[?？]$/.test(open[locale])).map((open) => ({ what: open, ask: open[locale] })),
    ...gaps,
  ].slice(0, 5);
}

function remindersFor({ handoff, edgeOnline, clock, commands }: CaseView, now: number): Reminder[] {
  const { faults, urgency } = handoff;
  const reminders: Reminder[] = [];
  const worst = isEmergency(handoff)
    ? undefined
    : (faults.find(({ safety }) => safety === 'stop') ?? faults.find(({ safety }) => safety === 'gently'));
  if (worst) reminders.push({ kind: 'safety', text: worst.safetyAdvice });
  if (urgency === 'urgent')
    reminders.push({
      kind: 'policy',
      text: both('This is urgent: what to do now comes before any question.', '情况紧急：先说现在该怎么做，再提问题。'),
    });
  if (commands.some(({ report, consent }) => report.state === 'proposed' && !consent))
    reminders.push({
      kind: 'policy',
      text: both('A command waits for the person’s consent; do not say that it is done.', '有操作正等待对方同意，请不要说已经执行。'),
    });
  if (clock && now >= clock.warnAt)
    reminders.push({
      kind: 'promise',
      text:
        clock.for === 'reply'
          ? both('The promised reply is due.', '承诺的回复时限将到。')
          : both('The promised solution is due.', '承诺的解决时限将到。'),
    });
  if (!edgeOnline)
    reminders.push({
      kind: 'link',
      text: both('The edge is offline: they read this when it is back.', '边缘端离线，恢复后对方才能看到。'),
    });
  return reminders;
}
