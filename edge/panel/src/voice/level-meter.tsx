import { useEffect, useRef } from 'react';
import styles from './voice.module.css';

const bars = [0.5, 0.8, 1, 0.8, 0.5];

/** How loud the microphone is, as bars: one sees that one is heard. Drawn past React, many times a second. */
export function LevelMeter({ level }: { level: () => number }) {
  const meter = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let shown = 0;
    let frame = 0;
    const draw = () => {
      // Decibels, as ears judge: −54 dB is a quiet room, −14 dB speech close by. It falls slower than it rises.
      const now = Math.max(0, Math.min(1, (20 * Math.log10(level() + 1e-6) + 54) / 40));
      shown = Math.max(now, shown * 0.88);
      meter.current?.style.setProperty('--level', shown.toFixed(3));
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [level]);
  return (
    <span ref={meter} className={styles.meter} aria-hidden="true">
      {bars.map((share, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: five bars, always the same
        <span key={i} style={{ '--share': share } as React.CSSProperties} />
      ))}
    </span>
  );
}
