import { useCallback, useState } from 'react';
import { explain } from './api';
import { session } from './session';
import { words, type Words } from './words';

/** Signing in as the page shows it: under way, or refused for a reason. */
export function useSignIn() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Words | string | null>(null);
  const signIn = useCallback(async (login: string, password: string) => {
    setBusy(true);
    setProblem(null);
    try {
      await session.signIn(login, password);
    } catch (failure) {
      setProblem(explain(failure, words.unreachable));
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, problem, signIn };
}

/** What `useSignIn` returns. */
export type SignIn = ReturnType<typeof useSignIn>;
