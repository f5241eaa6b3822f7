import '@fontsource/source-sans-3/latin-400.css';
import '@fontsource/source-sans-3/latin-600.css';
import '@fontsource/noto-sans-sc/400.css';
import '@fontsource/noto-sans-sc/600.css';
import '@mantine/core/styles.css';
import 'uplot/dist/uPlot.min.css';
import './theme.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { Crash } from './shell/crash.tsx';
import { loadAnewWhenReplaced } from './shell/newer-version.ts';
import { resolver, theme } from './theme.ts';
import { WordsProvider } from './words/use-words.tsx';

loadAnewWhenReplaced();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
      <WordsProvider>
        <Crash>
          <App />
        </Crash>
      </WordsProvider>
    </MantineProvider>
  </StrictMode>,
);
