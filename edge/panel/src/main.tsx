import './styles.ts';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { edgeAt } from './api/edge.ts';
import { signIn } from './api/sign-in.ts';
import { App } from './app.tsx';
import { DetailProvider } from './detail.tsx';
import { PanelProvider } from './panel.tsx';
import { Household } from './people/household.ts';
import { Likes } from './people/likes.tsx';
import { Broken } from './status/broken.tsx';
import { ReachWatch } from './status/reach.ts';
import { theme } from './theme.ts';
import { Site } from './things/site.ts';
import { WordsProvider } from './words/words.tsx';

// The text is readable before the font is there, so the first paint does not wait for it.
void import('./fonts.ts');

const reach = new ReachWatch();
const edge = edgeAt({ base: document.baseURI, fetch: (...ask) => fetch(...ask), onOutcome: reach.outcome });
await signIn(edge, window);
const site = new Site({ edge });
const household = new Household(edge);
site.start();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <WordsProvider>
        <PanelProvider value={{ edge, site, reach, household }}>
          <DetailProvider>
            <Likes />
            <Broken>
              <App />
            </Broken>
          </DetailProvider>
        </PanelProvider>
      </WordsProvider>
    </MantineProvider>
  </StrictMode>,
);
