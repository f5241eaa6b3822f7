import { lazy, Suspense } from 'react';
import type { Myself } from './api/types.ts';
import { CasePage } from './case/case-page.tsx';
import { QueuePage } from './queue/queue-page.tsx';
import { Crash } from './shell/crash.tsx';
import { Frame } from './shell/frame.tsx';
import { type Route, routeOf, useHash } from './shell/route.ts';
import { Waiting } from './shell/waiting.tsx';
import { MayContext } from './sign-in/may.ts';
import { useSession } from './sign-in/session.tsx';
import { SignInAgain } from './sign-in/sign-in-again.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { SignedInPage } from './sign-in/signed-in-page.tsx';
import { NamesProvider } from './words/use-names.tsx';

// The queue and the case are the work itself and load at once; the rest loads when it is first asked for.
const ArticlesPage = lazy(() => import('./knowledge/articles-page.tsx').then((m) => ({ default: m.ArticlesPage })));
const ArticlePage = lazy(() => import('./knowledge/article-page.tsx').then((m) => ({ default: m.ArticlePage })));
const NewArticlePage = lazy(() => import('./knowledge/new-article-page.tsx').then((m) => ({ default: m.NewArticlePage })));
const FleetPage = lazy(() => import('./fleet/fleet-page.tsx').then((m) => ({ default: m.FleetPage })));
const LedgerPage = lazy(() => import('./fleet/ledger-page.tsx').then((m) => ({ default: m.LedgerPage })));
const ReplayPage = lazy(() => import('./replay/replay-page.tsx').then((m) => ({ default: m.ReplayPage })));
const DutyPage = lazy(() => import('./duty/duty-page.tsx').then((m) => ({ default: m.DutyPage })));
const AccountPage = lazy(() => import('./account/account-page.tsx').then((m) => ({ default: m.AccountPage })));
const HooksPage = lazy(() => import('./hooks/hooks-page.tsx').then((m) => ({ default: m.HooksPage })));
const TechniciansPage = lazy(() => import('./technicians/technicians-page.tsx').then((m) => ({ default: m.TechniciansPage })));
const InsightPage = lazy(() => import('./insight/insight-page.tsx').then((m) => ({ default: m.InsightPage })));

/** Sign-in first, then the page the address names. */
export function App() {
  const hash = useHash();
  const route = routeOf(hash);
  const session = useSession(route.page === 'once' ? route.token : undefined, route.page === 'company' ? route.problem : undefined);
  if (session.state === 'checking') return <Waiting page />;
  if (session.state === 'out') return <SignInPage session={session} />;
  if (route.page === 'signed-in') return <SignedInPage />;
  return (
    <MayContext value={new Set(session.me.may)}>
      <NamesProvider>
        <Frame key={session.me.id} me={session.me} route={route} onSignOut={session.signOut}>
          <Crash key={hash}>
            <Suspense fallback={<Waiting />}>
              <Page route={session.me.restricted ? { page: 'account' } : route} me={session.me} onChanged={() => void session.enter()} />
            </Suspense>
          </Crash>
        </Frame>
        {session.expired && <SignInAgain name={session.me.name} onIn={session.enter} />}
      </NamesProvider>
    </MayContext>
  );
}

function Page({ route, me, onChanged }: { route: Route; me: Myself; onChanged: () => void }) {
  switch (route.page) {
    case 'case':
      return <CasePage key={route.id} id={route.id} me={me.id} />;
    case 'articles':
      return <ArticlesPage />;
    case 'article':
      return <ArticlePage key={`${route.id}/${route.locale}`} id={route.id} locale={route.locale} />;
    case 'new-article':
      return <NewArticlePage />;
    case 'fleet':
      return <FleetPage />;
    case 'ledger':
      return <LedgerPage key={route.edge} edge={route.edge} />;
    case 'insight':
      return <InsightPage />;
    case 'replay':
      return <ReplayPage />;
    case 'hooks':
      return <HooksPage />;
    case 'technicians':
      return <TechniciansPage me={me.id} />;
    case 'account':
      return <AccountPage me={me} onChanged={onChanged} />;
    case 'duty':
      return <DutyPage me={me} />;
    default:
      return <QueuePage me={me.id} />;
  }
}
