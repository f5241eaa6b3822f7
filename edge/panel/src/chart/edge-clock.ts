import { useCallback, useRef } from 'react';
import { useSite } from '../panel.tsx';

/** The edge's clock, which stamps the samples: a phone's own may be minutes off. */
export function useEdgeClock(): () => number {
  const { status } = useSite();
  const known = useRef({ status, offset: 0 });
  if (status && status !== known.current.status) known.current = { status, offset: status.now - Date.now() };
  return useCallback(() => Date.now() + known.current.offset, []);
}
