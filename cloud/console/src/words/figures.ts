/** Figures as they stand within a sentence of either language. */

export const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(bytes < 10e9 ? 1 : 0);

export const figure = (value: number | undefined): string => (value ?? 0).toFixed(1).replace(/\.0$/, '');

export const percent = (share: number | undefined): string => `${Math.round((share ?? 0) * 100)}%`;

/** Faults a day. */
export const rate = ({ faults, days }: { faults: number; days: number }): string => figure(faults / days);
