// graphql-transport-ws: by the client of graphql-ws where it behaves, by bare messages where a client must not.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloseCode, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ask, late, someTicket, source, token, touch, until } from '../support/api.js';
import { ownServer } from '../support/server.js';
import { openAs, openSocket, socketUrl } from '../support/socket.js';
import { sharedServer } from '../support/work.js';

const CHANGES = { query: source, operationName: 'TicketChanges' };

/** A client that keeps what happened to it. */
function connect(t, url, getToken, options = {}) {
  const seen = { connected: 0, closed: [], pongs: 0 };
  const client = createClient({
    url: socketUrl(url),
    webSocketImpl: WebSocket,
    connectionParams: async () => ({ authorization: `Bearer ${await getToken()}` }),
    retryWait: () => sleep(100),
    on: {
      connected: () => (seen.connected += 1),
      closed: ({ code }) => seen.closed.push(code),
      pong: (received) => (seen.pongs += received ? 1 : 0),
    },
    ...options,
  });
  t.after(() => client.dispose());
  return { client, seen };
}

/** Subscribes: `results` as they come, `event(action)` for the next one, made by doing something until it is there. */
function subscribe(client, payload) {
  const results = [];
  let wake = () => undefined;
  const done = new Promise((resolve, reject) => {
    const sink = { next: (result) => (results.push(result), wake()), error: reject, complete: resolve };
    results.stop = client.subscribe(payload, sink);
  });
  done.catch(() => undefined);
  return {
    results,
    done,
    stop: () => results.stop(),
    event(action) {
      const before = results.length;
      const arrived = new Promise((resolve) => {
        wake = () => results.length > before && resolve(results[before]);
        wake();
      });
      return until(Promise.race([arrived, done.then(() => assert.fail('the subscription is over'))]), action);
    },
  };
}

suite('a client of graphql-ws', () => {
  let url;
  let admin;
  before(async () => {
    url = await sharedServer();
    admin = await token(url);
  });

  test('runs queries and mutations', async (t) => {
    const { client } = connect(t, url, () => admin);
    const pages = client.iterate({ query: source, operationName: 'TicketPage', variables: { first: 2 } });
    const page = (await pages.next()).value;
    assert.equal(page.errors, undefined);
    assert.equal(page.data.tickets.edges.length, 2);
    assert.equal((await pages.next()).done, true);
    const input = { ticketId: page.data.tickets.edges[0].node.id, body: 'Through a socket' };
    for await (const result of client.iterate({ query: source, operationName: 'TicketComment', variables: { input } })) {
      assert.equal(result.data.ticketCommentAdd.comment.body, 'Through a socket');
    }
  });

  test('follows a subscription and ends it, while others go on', async (t) => {
    const { client, seen } = connect(t, url, () => admin);
    const ticket = await someTicket(url, admin);
    const one = subscribe(client, { ...CHANGES, variables: { id: ticket.id } });
    const two = subscribe(client, CHANGES);
    const event = await one.event(() => touch(url, admin, ticket.id));
    assert.equal(event.data.ticketChanged.ticket.id, ticket.id);
    one.stop();
    await one.done;
    await sleep(200);
    const heard = one.results.length;
    await two.event(() => touch(url, admin, ticket.id));
    assert.equal(one.results.length, heard, 'nothing comes after the end');
    assert.equal(seen.connected, 1, 'both share one socket');
    assert.deepEqual(seen.closed, []);
  });

  test('reads the errors of an operation that is refused, and keeps the socket', async (t) => {
    const { client, seen } = connect(t, url, () => admin, { lazy: false });
    for (const payload of [
      { query: '{ nothing }' },
      { query: 'subscription { nothing }' },
      { query: '{ viewer { name }' },
      { query: 'query A { viewer { id } } query B { viewer { id } }' },
      { query: 'subscription($id: ID!) { ticketChanged(id: $id) { action } }' },
    ]) {
      const failure = await client.iterate(payload).next().catch((errors) => errors);
      assert.ok(Array.isArray(failure), `${payload.query}: ${JSON.stringify(failure)}`);
      assert.equal(failure[0].extensions.code, 'BAD_INPUT');
    }
    const answer = await client.iterate({ query: '{ viewer { login } }' }).next();
    assert.equal(answer.value.data.viewer.login, 'admin.demo');
    assert.equal(seen.connected, 1);
  });

  test('tells a denied subscription from a broken one', async (t) => {
    const partner = await token(url, 'partner.demo');
    const { client } = connect(t, url, () => partner);
    const failure = await client.iterate({ query: 'subscription { ticketAlertRaised { __typename } }' }).next().catch((e) => e);
    assert.equal(failure[0].extensions.code, 'FORBIDDEN');
  });

  test('has its pings answered', async (t) => {
    const { client, seen } = connect(t, url, () => admin, { keepAlive: 100, lazy: false });
    for (let i = 0; i < 50 && seen.pongs < 2; i += 1) await sleep(100);
    assert.ok(seen.pongs >= 2);
    await client.dispose();
  });

  test('may introduce itself by the header of the handshake; its close is answered', async () => {
    const socket = await openSocket(url, { headers: { authorization: `Bearer ${admin}` } });
    socket.say({ type: 'connection_init' });
    await socket.hear('connection_ack');
    socket.socket.close(1000);
    assert.equal((await socket.closed()).code, 1000);
  });

  test('ends with 4403 when its session ends', async (t) => {
    const gone = await token(url, 'agent.demo');
    const { client, seen } = connect(t, url, () => gone, { retryAttempts: 0 });
    const changes = subscribe(client, { query: 'subscription { viewerChanged { id } }' });
    for (let i = 0; i < 50 && !seen.connected; i += 1) await sleep(100);
    await sleep(300);
    await ask(url, gone, 'mutation { signOut { userErrors { code } } }');
    const end = await Promise.race([changes.done.catch((event) => event), late(5_000, 'the socket outlives its session')]);
    assert.equal(end.code, CloseCode.Forbidden);
  });
});

suite('bare messages', () => {
  let url;
  let admin;
  before(async () => {
    url = await sharedServer();
    admin = await token(url);
  });

  const subscription = { type: 'subscribe', id: '1', payload: { query: 'subscription { viewerChanged { id } }' } };

  for (const [what, message] of [
    ['text that is no JSON', 'hello'],
    ['a list', []],
    ['an object without a type', {}],
    ['a type of another protocol', { type: 'start', id: '1', payload: { query: '{ viewer { id } }' } }],
    ['binary data', Buffer.from('{"type":"ping"}')],
    ['a ping whose payload is no object', { type: 'ping', payload: 1 }],
    ['a subscribe without an id', { type: 'subscribe', payload: { query: '{ viewer { id } }' } }],
    ['a subscribe with an empty id', { type: 'subscribe', id: '', payload: { query: '{ viewer { id } }' } }],
    ['a subscribe without a payload', { type: 'subscribe', id: '1' }],
    ['a subscribe without a query', { type: 'subscribe', id: '1', payload: {} }],
    ['a query that is no text', { type: 'subscribe', id: '1', payload: { query: 1 } }],
    ['an operation name that is no text', { type: 'subscribe', id: '1', payload: { query: '{ viewer { id } }', operationName: 1 } }],
    ['variables that are no object', { type: 'subscribe', id: '1', payload: { query: '{ viewer { id } }', variables: [] } }],
    ['extensions that are no object', { type: 'subscribe', id: '1', payload: { query: '{ viewer { id } }', extensions: 'x' } }],
    ['a complete without an id', { type: 'complete' }],
    ['what only a server says', { type: 'connection_ack' }],
  ]) {
    test(`4400 for ${what}`, async () => {
      const socket = await openAs(url, admin);
      socket.say(message);
      assert.equal((await socket.closed()).code, CloseCode.BadRequest);
    });
  }

  test('4401 for an operation before the introduction', async () => {
    const socket = await openSocket(url);
    socket.say(subscription);
    assert.deepEqual(await socket.closed(), { code: CloseCode.Unauthorized, reason: 'Unauthorized' });
  });

  for (const [what, payload] of [
    ['no token', undefined],
    ['a wrong token', { authorization: 'Bearer nonsense' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
  ]) {
    test(`4403 for ${what}`, async () => {
      const socket = await openSocket(url);
      socket.say({ type: 'connection_init', payload });
      assert.equal((await socket.closed()).code, CloseCode.Forbidden);
      assert.deepEqual(socket.heard, []);
    });
  }

  test('4409 for an id that is in use', async () => {
    const socket = await openAs(url, admin);
    socket.say(subscription);
    socket.say(subscription);
    assert.deepEqual(await socket.closed(), {
      code: CloseCode.SubscriberAlreadyExists,
      reason: 'Subscriber for 1 already exists',
    });
  });

  test('an id is free again after its end', async () => {
    const socket = await openAs(url, admin);
    socket.say(subscription);
    socket.say({ type: 'complete', id: '1' });
    socket.say({ type: 'complete', id: '1' });
    socket.say({ type: 'subscribe', id: '1', payload: { query: '{ viewer { login } }' } });
    const next = await socket.hear('next');
    assert.deepEqual([next.id, next.payload.data.viewer.login], ['1', 'admin.demo']);
    assert.equal((await socket.hear('complete')).id, '1');
    socket.say({ type: 'subscribe', id: '1', payload: { query: '{ nothing }' } });
    assert.equal((await socket.hear('error')).id, '1');
    socket.say({ type: 'subscribe', id: '1', payload: { query: '{ viewer { login } }' } });
    await socket.hear('next');
    socket.socket.close();
  });

  test('4429 for a second introduction', async () => {
    const socket = await openAs(url, admin);
    socket.say({ type: 'connection_init', payload: { authorization: `Bearer ${admin}` } });
    assert.deepEqual(await socket.closed(), {
      code: CloseCode.TooManyInitialisationRequests,
      reason: 'Too many initialisation requests',
    });
  });

  test('1009 for a message that is too long', async () => {
    const socket = await openAs(url, admin);
    socket.say({ type: 'ping', payload: { long: 'x'.repeat(70_000) } });
    assert.equal((await socket.closed()).code, 1009);
  });

  test('pings and pongs at any time, also before the introduction', async () => {
    const socket = await openSocket(url);
    socket.say({ type: 'ping' });
    await socket.hear('pong');
    socket.say({ type: 'pong', payload: { unasked: true } });
    socket.say({ type: 'connection_init', payload: { authorization: `Bearer ${admin}` } });
    await socket.hear('connection_ack');
    socket.say({ type: 'ping', payload: { at: 1 } });
    await socket.hear('pong');
    socket.socket.close();
  });

  for (const protocol of ['graphql-ws', undefined]) {
    test(`a handshake that offers ${protocol ?? 'no protocol'} is refused`, async () => {
      const socket = new WebSocket(socketUrl(url), protocol);
      const status = await new Promise((resolve, reject) => {
        socket.once('unexpected-response', (_, response) => resolve(response.statusCode));
        socket.once('open', () => reject(new Error('it was accepted')));
        socket.once('error', reject);
      });
      assert.equal(status, 400);
    });
  }
});

suite('time and number', () => {
  let server;
  before(async () => {
    server = await ownServer({
      'identity.access_token_lifetime': '30s',
      'server.live.init_timeout': '3s',
      'server.live.ping_interval': '1s',
      'server.live.operations': 3,
      'server.live.per_principal': 4,
    });
  });
  after(() => server?.stop());

  test('4408 when nothing introduces itself', async () => {
    const begun = Date.now();
    const socket = await openSocket(server.url);
    assert.deepEqual(await socket.closed(), {
      code: CloseCode.ConnectionInitialisationTimeout,
      reason: 'Connection initialisation timeout',
    });
    assert.ok(Date.now() - begun >= 2_900);
  });

  test('4403 when the token ends in mid-stream; the client takes a new one and goes on', async (t) => {
    const { client, seen } = connect(t, server.url, () => token(server.url));
    const ticket = await someTicket(server.url, await token(server.url));
    const act = async () => touch(server.url, await token(server.url), ticket.id);
    const changes = subscribe(client, { ...CHANGES, variables: { id: ticket.id } });
    await changes.event(act);
    for (let i = 0; i < 400 && seen.connected < 2; i += 1) await sleep(100);
    assert.deepEqual([seen.closed[0], seen.connected >= 2], [CloseCode.Forbidden, true]);
    await changes.event(act);
    changes.stop();
  });

  test('a server that restarts closes with 1001; what happened meanwhile is not replayed', async (t) => {
    let open;
    const gate = new Promise((resolve) => (open = resolve));
    const patience = { shouldRetry: () => true, retryAttempts: 100, retryWait: () => gate };
    const { client, seen } = connect(t, server.url, () => token(server.url), patience);
    const ticket = await someTicket(server.url, await token(server.url));
    const act = async () => touch(server.url, await token(server.url), ticket.id);
    const changes = subscribe(client, { ...CHANGES, variables: { id: ticket.id } });
    await changes.event(act);
    await server.stop();
    assert.deepEqual(seen.closed, [1001]);
    const heard = changes.results.length;
    await server.start();
    const missed = await act();
    open();
    for (let i = 0; i < 50 && seen.connected < 2; i += 1) await sleep(100);
    await sleep(500);
    assert.equal(changes.results.length, heard);
    const event = await changes.event(act);
    assert.ok(event.data.ticketChanged.ticket.version > missed.version);
    changes.stop();
  });

  test('an error, and no close, for too many operations on one socket', async () => {
    const socket = await openAs(server.url, await token(server.url));
    for (const id of ['a', 'b', 'c', 'd']) {
      socket.say({ type: 'subscribe', id, payload: { query: 'subscription { viewerChanged { id } }' } });
    }
    const error = await socket.hear('error');
    assert.deepEqual([error.id, error.payload[0].extensions.code], ['d', 'RATE_LIMITED']);
    socket.socket.close();
    await socket.closed();
  });

  test('4429 for too many sockets of one principal', async () => {
    const agent = await token(server.url, 'agent.demo');
    const sockets = [];
    for (let i = 0; i < 4; i += 1) sockets.push(await openAs(server.url, agent));
    const socket = await openSocket(server.url);
    socket.say({ type: 'connection_init', payload: { authorization: `Bearer ${agent}` } });
    assert.equal((await socket.closed()).code, CloseCode.TooManyInitialisationRequests);
    for (const one of sockets) one.socket.close();
  });

  test('a client that answers no ping of the server is cut off', async () => {
    const socket = await openSocket(server.url, { autoPong: false });
    socket.say({ type: 'connection_init', payload: { authorization: `Bearer ${await token(server.url, 'lead.demo')}` } });
    await socket.hear('connection_ack');
    let pings = 0;
    socket.socket.on('ping', () => (pings += 1));
    const end = await socket.closed();
    assert.equal(end.code, 1006);
    assert.ok(pings >= 1);
  });
});
