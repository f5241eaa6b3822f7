import type { Attention, Brief, DtcReport, FaultReport, Handoff, Route, ThingReport, Trace, Turn } from '@wayside/contract';
import { type Locale, type Localized, newId } from '@wayside/protocol';

/** What a technician must know, as the rooms tell it. */
export type CapsuleParts = {
  session: { id: string; channel: string; locale: Locale; person?: { id: string; name: string } };
  rule: Handoff['rule'];
  urgency: Handoff['urgency'];
  attention?: Attention;
  route?: Route;
  thing?: ThingReport;
  faults: readonly FaultReport[];
  dtcs: DtcReport[];
  traces: Trace[];
  steps: Handoff['steps'];
  transcript: Turn[];
  signals: Handoff['signals'];
  brief?: Brief;
  consents?: Handoff['consents'];
};

/** Packs the case capsule: the whole context in one record, so that nobody is asked twice. Bounded, the newest kept. */
export function capsule(parts: CapsuleParts, now: number): Handoff {
  const { session, person } = { session: parts.session, person: parts.session.person };
  return {
    case: newId('case', now),
    session: session.id,
    at: Math.floor(now),
    locale: session.locale,
    urgency: parts.urgency,
    attention: parts.attention ?? 'takes-over',
    ...(parts.route ? { route: parts.route } : {}),
    rule: parts.rule,
    summary: summarize(parts),
    ...(person ? { person } : {}),
    ...(parts.consents ? { consents: parts.consents } : {}),
    channel: session.channel,
    ...(parts.thing ? { thing: parts.thing } : {}),
    faults: parts.faults.slice(0, 50),
    dtcs: parts.dtcs.slice(0, 200),
    traces: parts.traces.slice(0, 12),
    steps: parts.steps.slice(-200),
    transcript: parts.transcript.slice(-200),
    signals: parts.signals,
    ...(parts.brief ? { brief: parts.brief } : {}),
  };
}

/** One or two sentences for the queue: the thing, the likeliest fault and what the person said last. Facts only, no model. */
export function summarize({
  thing,
  faults,
  dtcs,
  transcript,
  steps,
}: Pick<CapsuleParts, 'thing' | 'faults' | 'dtcs' | 'transcript' | 'steps'>): Localized {
  const name = thing && (thing.titles ?? { en: thing.title, zh: thing.title });
  const top = faults[0];
  const said = transcript.findLast((t) => t.by === 'operator' && t.intent !== 'person')?.text.slice(0, 200);
  const codes = dtcs.filter((d) => d.state !== 'cleared').map((d) => d.code);
  // Only certainty is written 100%, and no diagnosis is certain.
  const percent = top ? Math.min(99, Math.round(top.probability * 100)) : 0;
  const en = [
    top ? `${name?.en ?? 'Thing'}: ${top.title.en} (${percent}%).` : name ? `${name.en}: no fault found by the edge.` : 'No thing chosen.',
    codes.length > 0 ? `Codes: ${codes.slice(0, 5).join(', ')}.` : '',
    steps.length > 0 ? `${steps.length} step${steps.length > 1 ? 's' : ''} tried.` : '',
    said ? `They said: “${said}”` : 'Asked for a person straight away.',
  ];
  const zh = [
    top ? `${name?.zh ?? '设备'}：${top.title.zh}（${percent}%）。` : name ? `${name.zh}：未发现故障。` : '未选择设备。',
    codes.length > 0 ? `故障码：${codes.slice(0, 5).join('、')}。` : '',
    steps.length > 0 ? `已尝试 ${steps.length} 个步骤。` : '',
    said ? `用户说：“${said}”` : '用户直接要求转人工。',
  ];
  return { en: en.filter(Boolean).join(' '), zh: zh.filter(Boolean).join('') };
}
