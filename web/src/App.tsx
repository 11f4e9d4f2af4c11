import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { fetchDemoUsers, type DemoUser } from './demo';
import { Rescue } from './Rescue';
import { session } from './session';
import { SignInForm } from './SignInForm';
import { Start } from './Start';
import { UserMenu } from './UserMenu';
import { useSignIn } from './useSignIn';
import { both, Text, words } from './words';

const loadExplorer = () => import('./Explorer');
const Explorer = lazy(loadExplorer);

/** The page: the bar, and below it the start page or the explorer. */
export function App() {
  const { user, notice } = useSyncExternalStore(session.watch, session.view);
  const [demoUsers, setDemoUsers] = useState<readonly DemoUser[]>([]);
  const signIn = useSignIn();
  const problem = signIn.problem ?? notice;

  useEffect(() => {
    void fetchDemoUsers().then(setDemoUsers);
    // The editor is big: fetch it while the person signs in. A failure shows when it is needed.
    loadExplorer().catch(() => undefined);
  }, []);

  return (
    <>
      <header className="bar">
        <p className="brand">
          <strong>Aftercare</strong>
          <span>
            <Text of={words.tagline} />
          </span>
        </p>
        {user ? (
          <UserMenu key={user.id} login={user.login} demoUsers={demoUsers} {...signIn} />
        ) : (
          <SignInForm demoUsers={demoUsers} {...signIn} />
        )}
        <div className="problem" role="alert">
          {typeof problem === 'string' ? problem : problem && <Text of={problem} />}
        </div>
      </header>
      {user ? (
        <main className="explorer" aria-label={both(words.explorer)}>
          <Rescue>
            <Suspense
              fallback={
                <p className="waiting" role="status">
                  <Text of={words.loading} />
                </p>
              }
            >
              <Explorer key={user.id} />
            </Suspense>
          </Rescue>
        </main>
      ) : (
        <Start demoUsers={demoUsers} {...signIn} />
      )}
    </>
  );
}
