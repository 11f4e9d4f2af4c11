/**
 * The one session of this page. Tokens live in this object and nowhere else: no storage, no cookie, no DOM.
 * The access token is renewed ahead of its expiry, by one request at a time, because a refresh token works only once.
 */
import { ApiFailure, execute, type UserError } from './api';
import { words, type Words } from './words';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: string;
}

interface Payload {
  readonly session: Tokens | null;
  readonly userErrors: readonly UserError[];
}

interface Live {
  readonly tokens: Tokens;
  /** Expiry by our own clock. */
  readonly expires: number;
}

/** What the page shows of a session. */
export interface SessionView {
  /** Who is signed in; a new `id` at every sign-in, the same across renewals. */
  readonly user: { readonly id: number; readonly login: string } | null;
  /** Why there is no session any more, if it did not end by signing out. */
  readonly notice: Words | null;
}

const SIGN_IN = `mutation($login: String!, $password: String!) {
  signIn(input: { login: $login, password: $password }) {
    session { accessToken refreshToken expiresAt }
    userErrors { code field message }
  }
}`;

const REFRESH = `mutation($t: String!) {
  tokenRefresh(input: { refreshToken: $t }) {
    session { accessToken refreshToken expiresAt }
    userErrors { code field message }
  }
}`;

const SIGN_OUT = `mutation { signOut { userErrors { message } } }`;

/** Renew this long before expiry, or at half the life of a shorter token. */
const AHEAD_MS = 60_000;
/** A token with less life left than this is not sent any more. */
const LAST_MOMENT_MS = 5_000;
/** Wait after a renewal that failed on the way. */
const RETRY_MS = 5_000;

class Session {
  #view: SessionView = { user: null, notice: null };
  #live: Live | null = null;
  #renewal: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #signIns = 0;
  readonly #watchers = new Set<() => void>();
  readonly #renewed = new Set<() => void>();

  /** Calls back when the view changes; returns how to stop. (An arrow, so that React can hold it.) */
  readonly watch = (watcher: () => void): (() => void) => listen(this.#watchers, watcher);

  /** The present view, the same object until it changes. */
  readonly view = (): SessionView => this.#view;

  /** Calls back after every renewal; returns how to stop. */
  onRenewed(watcher: () => void): () => void {
    return listen(this.#renewed, watcher);
  }

  /** Signs in, leaving the session before, if any. Throws an `ApiFailure` with the reason when refused. */
  async signIn(login: string, password: string): Promise<void> {
    const { data, clockAhead } = await execute<{ signIn: Payload }>(SIGN_IN, { login, password });
    const { session, userErrors } = data.signIn;
    if (!session) {
      throw new ApiFailure(userErrors.map((error) => error.message).join(' ') || words.refused.en);
    }
    this.#leave();
    this.#keep(session, clockAhead);
    this.#show({ user: { id: ++this.#signIns, login }, notice: null });
  }

  /** Signs out here at once, and on the server as far as it can be reached. */
  signOut(): void {
    this.#leave();
    this.#show({ user: null, notice: null });
  }

  /** An access token that is good for at least a moment. */
  async accessToken(): Promise<string> {
    if (this.#live && this.#live.expires - Date.now() < LAST_MOMENT_MS) await this.renew();
    if (!this.#live) throw new ApiFailure(words.ended.en, 'UNAUTHENTICATED');
    return this.#live.tokens.accessToken;
  }

  /** Gets new tokens now; whoever asks meanwhile waits for the same request. */
  renew(): Promise<void> {
    this.#renewal ??= this.#rotate().finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  async #rotate(): Promise<void> {
    const live = this.#live;
    if (!live) return;
    try {
      const { data, clockAhead } = await execute<{ tokenRefresh: Payload }>(REFRESH, {
        t: live.tokens.refreshToken,
      });
      if (this.#live !== live) return; // signed out, or someone else signed in, while we waited
      const { session } = data.tokenRefresh;
      if (!session) return this.#end();
      this.#keep(session, clockAhead);
      this.#renewed.forEach((watcher) => watcher());
    } catch (failure) {
      if (this.#live !== live) return;
      if (failure instanceof ApiFailure && failure.code === 'UNAUTHENTICATED') return this.#end();
      // On the way, not refused: the present token may still be good, and the next try may get through.
      this.#schedule(RETRY_MS);
      throw failure;
    }
  }

  #keep(tokens: Tokens, clockAhead: number): void {
    const expires = Date.parse(tokens.expiresAt) - clockAhead;
    const life = expires - Date.now();
    this.#live = { tokens, expires };
    this.#schedule(Math.max(life - AHEAD_MS, life / 2, 1_000));
  }

  #schedule(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.renew().catch(() => undefined), wait);
  }

  /** Forgets the tokens, and tells the server without waiting for it. */
  #leave(): void {
    const live = this.#live;
    this.#forget();
    if (live) void execute(SIGN_OUT, {}, live.tokens.accessToken).catch(() => undefined);
  }

  /** The server ended the session. */
  #end(): void {
    this.#forget();
    this.#show({ user: null, notice: words.ended });
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#live = null;
  }

  #show(view: SessionView): void {
    this.#view = view;
    this.#watchers.forEach((watcher) => watcher());
  }
}

function listen(set: Set<() => void>, watcher: () => void): () => void {
  set.add(watcher);
  return () => set.delete(watcher);
}

/** The session of this page. */
export const session = new Session();
