import type { Verdict } from './verdict.ts';

const shapes = {
  stop: <path d="M10 2h12l8 8v12l-8 8H10l-8-8V10z" />,
  gently: (
    <path d="M16 2.6c.9 0 1.7.5 2.2 1.3l11.6 20.4c1 1.8-.2 3.9-2.2 3.9H4.4c-2 0-3.2-2.1-2.2-3.9L13.8 3.9C14.3 3.1 15.1 2.6 16 2.6z" />
  ),
  'go-on': <circle cx="16" cy="16" r="14" />,
  unknown: <rect x="3" y="3" width="26" height="26" rx="7" />,
};

const glyphs = {
  stop: <path d="M9 16h14" />,
  gently: <path d="M16 11v7.5M16 23.2v.1" />,
  'go-on': <path d="M9.8 16.6l4.3 4.2 8.2-9" />,
  unknown: <path d="M12.2 12.6a3.9 3.9 0 1 1 5.8 3.4c-1.3.8-2 1.5-2 2.9M16 23v.1" />,
};

/** The sign of a verdict. Each differs by its outline (octagon, triangle, circle, square), as road signs do; colour comes on top. */
export function SafetyMark({ safety, size = 32 }: { safety: Verdict['safety']; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <g fill={`var(--${safety})`} stroke={`var(--${safety}-line, none)`} strokeWidth="1.5">
        {shapes[safety]}
      </g>
      <g fill="none" stroke={`var(--${safety}-glyph)`} strokeWidth="3.4" strokeLinecap="round" strokeLinejoin="round">
        {glyphs[safety]}
      </g>
    </svg>
  );
}
