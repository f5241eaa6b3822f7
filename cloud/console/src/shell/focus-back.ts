import { useEffect, useState } from 'react';

/**
 * When what uses it goes, whoever works by keyboard is back where they were before it came (WCAG 2.2, 2.4.3). A `Modal` gives the focus back
 * only when it is closed, not when it is taken away.
 */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => void (before instanceof HTMLElement && before.focus()), [before]);
}
