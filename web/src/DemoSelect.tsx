import { both, Text, words } from './words';
import type { DemoUser } from './demo';

interface Props {
  readonly users: readonly DemoUser[];
  /** The login that is chosen; one that is no demo user's shows as "choose". */
  readonly login: string;
  onChoose(user: DemoUser): void;
}

/** A select of demo users. Choosing never signs in by itself: arrow keys pass over every option. */
export function DemoSelect({ users, login, onChoose }: Props) {
  if (users.length === 0) return null;
  return (
    <label>
      <span>
        <Text of={words.demoUser} />
      </span>
      <select
        value={users.some((user) => user.login === login) ? login : ''}
        onChange={(event) => {
          const user = users.find((one) => one.login === event.target.value);
          if (user) onChoose(user);
        }}
      >
        <option value="" disabled>
          {both(words.chooseDemoUser)}
        </option>
        {users.map((user) => (
          <option key={user.login} value={user.login}>
            {both({ en: user.role, zh: user.roleZh })} ({user.login})
          </option>
        ))}
      </select>
    </label>
  );
}
