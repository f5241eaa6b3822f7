/** One font for both scripts, in the panel itself: a kiosk may have no fonts and no network. The browser fetches the subsets it needs. */
import '@fontsource/noto-sans-sc/400.css';
import '@fontsource/noto-sans-sc/500.css';
import '@fontsource/noto-sans-sc/700.css';
