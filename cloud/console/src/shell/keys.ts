import { useEffect, useRef } from 'react';

/** Where a letter is text, not a command. */
function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Single-key commands while a page is shown; one that answers `false` leaves the key to the browser. Silent while somebody writes, with Ctrl, Alt or Meta held, and under a dialog. */
export function useKeys(keys: Record<string, () => unknown>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || writing(event.target)) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      const act = latest.current[event.key];
      if (act !== undefined && act() !== false) event.preventDefault();
    };
    addEventListener('keydown', heard);
    return () => removeEventListener('keydown', heard);
  }, []);
}
