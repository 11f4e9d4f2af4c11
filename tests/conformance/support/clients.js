// What clients for browsers need in Node.

import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { socketUrl } from './socket.js';

/** A client of graphql-ws that has introduced itself. */
export function socketClient(url, token) {
  return createClient({
    url: socketUrl(url),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
  });
}

/** The first value that a subscription gives. */
export function first(subscribe) {
  return new Promise((resolve, reject) => {
    const stop = subscribe(
      (value) => {
        resolve(value);
        setTimeout(() => stop(), 0);
      },
      reject,
    );
  });
}
