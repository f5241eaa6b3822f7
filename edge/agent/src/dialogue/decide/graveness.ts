import type { FaultReport } from '@wayside/contract';

export const graveness = { stop: 3, gently: 2, 'go-on': 1 } as const;
export const severityOf = { info: 0, advice: 1, warning: 2, danger: 3 } as const;
/** What must be known first comes first: danger before likelihood. */
export const rankOf = (fault: FaultReport) => graveness[fault.safety] * 10 + severityOf[fault.severity] + fault.probability;
export const gravest = (faults: readonly FaultReport[]): FaultReport | undefined => [...faults].sort((a, b) => rankOf(b) - rankOf(a))[0];
