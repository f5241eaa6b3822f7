import { generate } from 'lean-qr';
import { useMemo } from 'react';
import styles from './qr.module.css';

/** The picture of a text that phones read (ISO/IEC 18004), black on white in any scheme, with the quiet zone of four modules. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => {
    const code = generate(text);
    let drawn = '';
    for (let y = 0; y < code.size; y++) for (let x = 0; x < code.size; x++) if (code.get(x, y)) drawn += `M${x + 4} ${y + 4}h1v1h-1z`;
    return { path: drawn, size: code.size + 8 };
  }, [text]);
  return (
    <svg className={styles.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
