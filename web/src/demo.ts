import { isJson } from './api';

/** A user of a demo server, whose password is no secret. */
export interface DemoUser {
  readonly login: string;
  readonly role: string;
  readonly roleZh: string;
  readonly password: string;
}

function isDemoUser(value: unknown): value is DemoUser {
  if (typeof value !== 'object' || value === null) return false;
  const user = value as Record<string, unknown>;
  return ['login', 'role', 'roleZh', 'password'].every((key) => typeof user[key] === 'string');
}

/** The demo users; none when this is not a demo server (404) or the list cannot be read. */
export async function fetchDemoUsers(): Promise<readonly DemoUser[]> {
  try {
    const response = await fetch('/demo-users.json', { headers: { accept: 'application/json' } });
    if (!response.ok || !isJson(response)) return [];
    const list: unknown = await response.json();
    return Array.isArray(list) ? list.filter(isDemoUser) : [];
  } catch {
    return [];
  }
}
