import type { Citation, DtcReport, FaultReport } from '@wayside/contract';
import type { Pack } from '@wayside/packs';
import type { Locale, Signal } from '@wayside/protocol';
import type { Units } from '../../packs/quantity.ts';
import { citeSample } from './cite.ts';

/** More than two figures nobody keeps in mind while driving. */
const atMost = 2;

/**
 * What the machine was doing when it set the code that speaks for a fault (its freeze frame, SAE J1979 mode 02): first the signals that the
 * pack's detectors look at for this fault, then the frame's own order.
 */
export function frozen(
  fault: FaultReport,
  dtcs: readonly DtcReport[],
  pack: Pack | undefined,
  signals: Record<string, Signal>,
  locale: Locale,
  units: Units,
): { said: string; citations: Citation[] } | undefined {
  const codes = new Set(fault.evidence.flatMap((one) => (one.kind === 'dtc' && one.for ? [one.ref] : [])));
  const dtc = dtcs.find((one) => one.thing === fault.thing && codes.has(one.code) && one.freezeFrame);
  if (!dtc?.freezeFrame) return undefined;
  const frame = dtc.freezeFrame;
  const watched = Object.keys(pack?.faults[fault.fault]?.symptoms ?? {}).flatMap((symptom) => {
    const detect = pack?.symptoms[symptom]?.detect;
    return detect && 'signal' in detect && typeof detect.signal === 'string' ? [detect.signal] : [];
  });
  const names = [...new Set([...watched, ...Object.keys(frame)])].filter((name) => typeof frame[name] === 'number' && signals[name]);
  const citations = names
    .slice(0, atMost)
    .map((name) => citeSample(dtc.thing, name, signals[name], { value: frame[name]!, at: dtc.at }, locale, units));
  if (citations.length === 0) return undefined;
  const figures = citations.map((one) => one.text).join(locale === 'zh' ? '，' : ', ');
  return { said: locale === 'zh' ? `出现故障码时：${figures}。` : `When the code was set: ${figures}.`, citations };
}
