/**
 * The panel brings its fonts: a kiosk may have none, and no network. The browser fetches the subsets it needs.
 * Noto Sans SC draws quotes and dots as wide as a Chinese character; its own Latin design, Source Sans, has them in Latin width.
 */
import '@fontsource/source-sans-3/latin-400.css';
import '@fontsource/source-sans-3/latin-500.css';
import '@fontsource/source-sans-3/latin-700.css';
import '@fontsource/noto-sans-sc/400.css';
import '@fontsource/noto-sans-sc/500.css';
import '@fontsource/noto-sans-sc/700.css';

/** Fetches the subsets a text needs before it is shown: while the edge is gone there is nobody to fetch them from. */
export const bringFor = (text: string) =>
  Promise.all([400, 500, 700].map((weight) => document.fonts.load(`${weight} 1em "Noto Sans SC"`, text)));
