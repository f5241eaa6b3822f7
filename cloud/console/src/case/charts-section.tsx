import { useEffect, useMemo, useRef } from 'react';
import type { Handoff } from '../api/types.ts';
import chartCss from '../chart/chart.module.css';
import { bandOf, type Mark, marksOf, orderTraces, windowOf } from '../chart/marks.ts';
import { SignalChart } from '../chart/signal-chart.tsx';
import { sayTime } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { Nothing, Section } from './section.tsx';
import { useSpot } from './spot.ts';

/** The signals sent with the case, one window for all, with the moments that matter drawn across. */
export function ChartsSection({ handoff }: { handoff: Handoff }) {
  const { w, locale } = useWords();
  const { spot } = useSpot();
  const list = useRef<HTMLDivElement>(null);
  const cited = spot.signal?.at;
  const { traces, window, marks } = useMemo(() => {
    const window = windowOf(handoff.traces);
    const inside = cited !== undefined && window !== undefined && cited >= window[0] && cited <= window[1];
    const marks: Mark[] = [...marksOf(handoff, window), ...(inside ? [{ at: cited, kind: 'cited' as const }] : [])];
    const traces = orderTraces(handoff.traces, handoff.faults).map((trace) => ({ trace, band: bandOf(trace.signal, handoff.faults) }));
    return { traces, window, marks };
  }, [handoff, cited]);
  const rest = cited ?? marks.find((mark) => mark.kind === 'fault' || mark.kind === 'dtc')?.at ?? handoff.at;

  useEffect(() => {
    const name = spot.signal?.name;
    if (name === undefined) return;
    list.current?.querySelector(`[data-signal="${CSS.escape(name)}"]`)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [spot]);

  return (
    <Section title={w.case.signals}>
      {(traces.length === 0 || window === undefined) && <Nothing>{w.case.noSignals}</Nothing>}
      {marks.length > 0 && (
        <ul className={chartCss.key}>
          {marks.map((mark) => (
            <li key={`${mark.kind} ${mark.at} ${mark.label}`} data-kind={mark.kind}>
              {mark.label ?? w.chart.marks[mark.kind]} {sayTime(mark.at, locale)}
            </li>
          ))}
        </ul>
      )}
      <div ref={list}>
        {window !== undefined &&
          traces.map(({ trace, band }) => (
            <SignalChart
              key={trace.signal}
              trace={trace}
              window={window}
              marks={marks}
              band={band}
              rest={rest}
              sync={handoff.case}
              pointedAt={spot.signal?.name === trace.signal}
            />
          ))}
      </div>
    </Section>
  );
}
