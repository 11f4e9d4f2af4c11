import type { DemoUser } from './demo';
import type { SignIn } from './useSignIn';
import { Text, words } from './words';

interface Props extends SignIn {
  readonly demoUsers: readonly DemoUser[];
}

/** What someone sees who is not signed in. */
export function Start({ demoUsers, busy, signIn }: Props) {
  return (
    <main className="start">
      <h1>
        {words.startTitle.en}
        <span lang="zh">{words.startTitle.zh}</span>
      </h1>
      {[words.startWhat, words.startHow, words.startMemory].map(({ en, zh }) => (
        <p key={en}>
          {en}
          <span lang="zh">{zh}</span>
        </p>
      ))}
      {demoUsers.length > 0 && (
        <section aria-labelledby="demo-users">
          <h2 id="demo-users">
            <Text of={words.startDemo} />
          </h2>
          <ul>
            {demoUsers.map((user) => (
              <li key={user.login}>
                <button
                  type="button"
                  disabled={busy}
                  onClick={() => void signIn(user.login, user.password)}
                >
                  <strong>
                    <Text of={{ en: user.role, zh: user.roleZh }} />
                  </strong>
                  <span>{user.login}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}
