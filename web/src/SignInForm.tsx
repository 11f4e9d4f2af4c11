import { useState, type FormEvent } from 'react';
import { DemoSelect } from './DemoSelect';
import type { DemoUser } from './demo';
import type { SignIn } from './useSignIn';
import { both, Text, words } from './words';

interface Props extends SignIn {
  readonly demoUsers: readonly DemoUser[];
}

/** Login and password, filled in by the demo user who is chosen. */
export function SignInForm({ demoUsers, busy, signIn }: Props) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void signIn(login.trim(), password);
  };
  return (
    <form className="fields" onSubmit={submit} aria-label={both(words.signInForm)}>
      <DemoSelect
        users={demoUsers}
        login={login}
        onChoose={(user) => {
          setLogin(user.login);
          setPassword(user.password);
        }}
      />
      <label>
        <span>
          <Text of={words.login} />
        </span>
        <input
          name="login"
          required
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
      </label>
      <label>
        <span>
          <Text of={words.password} />
        </span>
        <input
          name="password"
          type="password"
          required
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <button type="submit" className="primary" disabled={busy}>
        <Text of={words.signIn} />
      </button>
    </form>
  );
}
