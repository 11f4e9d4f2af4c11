import { useState, type FormEvent } from 'react';
import { DemoSelect } from './DemoSelect';
import type { DemoUser } from './demo';
import { session } from './session';
import type { SignIn } from './useSignIn';
import { both, Text, words } from './words';
import { forgetWork } from './work';

interface Props extends SignIn {
  readonly login: string;
  readonly demoUsers: readonly DemoUser[];
}

/** Who is signed in, the way out, and on a demo server the way to another user with the same documents. */
export function UserMenu({ login, demoUsers, busy, signIn }: Props) {
  const [chosen, setChosen] = useState<DemoUser>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen) void signIn(chosen.login, chosen.password);
  };
  const signOut = () => {
    forgetWork();
    session.signOut();
  };
  return (
    <div className="fields">
      {demoUsers.length > 0 && (
        <form className="fields" onSubmit={submit} aria-label={both(words.switchUser)}>
          <DemoSelect users={demoUsers} login={chosen?.login ?? login} onChoose={setChosen} />
          <button type="submit" disabled={busy || !chosen || chosen.login === login}>
            <Text of={words.switchUser} />
          </button>
        </form>
      )}
      <p className="who">
        <span>
          <Text of={words.signedInAs} />
        </span>
        <strong>{login}</strong>
      </p>
      <button type="button" onClick={signOut}>
        <Text of={words.signOut} />
      </button>
    </div>
  );
}
