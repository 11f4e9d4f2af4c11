import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-ws';
import { accept, ApiFailure, endpoint, isJson } from './api';
import { session } from './session';

/** How GraphiQL talks to the API in one session. */
export interface Connection {
  readonly fetcher: Fetcher;
  /** Ends the subscriptions and the socket. */
  close(): void;
}

/** Opens a connection for the signed-in user; the socket waits for the first subscription. */
export function connect(): Connection {
  const socket = createClient({
    url: new URL(endpoint, location.href.replace(/^http/, 'ws')).href,
    connectionParams: async () => ({ authorization: `Bearer ${await session.accessToken()}` }),
    retryWait: (retries) =>
      new Promise((resolve) => setTimeout(resolve, Math.min(200 * 4 ** retries, 10_000))),
  });
  // A socket lives no longer than the token that opened it: reconnect with the new one, and the
  // client subscribes again by itself.
  const forgetRenewals = session.onRenewed(() => socket.terminate());
  return {
    fetcher: createGraphiQLFetcher({
      url: endpoint,
      headers: { accept },
      wsClient: socket,
      enableIncrementalDelivery: false,
      fetch: authorisedFetch,
    }),
    close() {
      forgetRenewals();
      void socket.dispose();
    },
  };
}

/** `fetch` with the session's token, unless the header editor names another one. */
async function authorisedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers);
  if (headers.has('authorization')) return readable(await fetch(input, { ...init, headers }));
  const send = async () => {
    headers.set('authorization', `Bearer ${await session.accessToken()}`);
    return fetch(input, { ...init, headers });
  };
  const response = await send();
  if (response.status !== 401) return readable(response);
  // Nothing ran under a refused token, so sending the request again is safe.
  await session.renew();
  return readable(await send());
}

/** GraphiQL parses whatever comes as JSON; say plainly when it is not. */
function readable(response: Response): Response {
  if (isJson(response)) return response;
  throw new ApiFailure(`HTTP ${response.status} ${response.statusText}`.trim());
}
