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
