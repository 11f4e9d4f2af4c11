// A bare WebSocket, for what a well-behaved client never says.

import { once } from 'node:events';
import { WebSocket } from 'ws';
import { late } from './api.js';

/** The address of the sockets of a server. */
export const socketUrl = (url) => `${url.replace(/^http/, 'ws')}/graphql`;

/** Opens one: `say`, `hear(type)` for the next message of a type, `closed` for the code and reason of its end. */
export async function openSocket(url, options = {}) {
  const socket = new WebSocket(socketUrl(url), 'graphql-transport-ws', options);
  const heard = [];
  const waiting = [];
  socket.on('message', (data) => {
    heard.push(JSON.parse(data));
    for (const look of [...waiting]) look();
  });
  const closed = new Promise((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await once(socket, 'open');
  return {
    socket,
    heard,
    closed: () => Promise.race([closed, late(5_000, 'the socket is still open')]),
    say: (message) => socket.send(typeof message === 'object' && !Buffer.isBuffer(message) ? JSON.stringify(message) : message),
    hear(type) {
      const message = new Promise((resolve) => {
        const look = () => {
          const at = heard.findIndex((one) => one.type === type);
          if (at < 0) return;
          waiting.splice(waiting.indexOf(look), 1);
          resolve(heard.splice(at, 1)[0]);
        };
        waiting.push(look);
        look();
      });
      return Promise.race([message, late(5_000, `no ${type}`)]);
    },
  };
}

/** Opens one that has introduced itself. */
export async function openAs(url, token) {
  const socket = await openSocket(url);
  socket.say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
  await socket.hear('connection_ack');
  return socket;
}
