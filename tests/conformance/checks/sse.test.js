// Event streams by the client of graphql-sse, in its distinct connections mode.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-sse';
import { late, someTicket, source, token, touch, until } from '../support/api.js';
import { ownServer } from '../support/server.js';
import { sharedServer } from '../support/work.js';

function connect(t, url, getToken, options = {}) {
  const client = createClient({
    url: `${url}/graphql`,
    headers: async () => ({ authorization: `Bearer ${await getToken()}` }),
    retry: () => sleep(100),
    ...options,
  });
  t.after(() => client.dispose());
  return client;
}

suite('a client of graphql-sse', () => {
  let url;
  let admin;
  before(async () => {
    url = await sharedServer();
    admin = await token(url);
  });

  test('runs queries and mutations', async (t) => {
    const client = connect(t, url, () => admin);
    const pages = client.iterate({ query: source, operationName: 'TicketPage', variables: { first: 2 } });
    const page = (await pages.next()).value;
    assert.equal(page.errors, undefined);
    assert.equal(page.data.tickets.edges.length, 2);
    assert.equal((await pages.next()).done, true);
    const input = { ticketId: page.data.tickets.edges[0].node.id, body: 'Through an event stream' };
    const answer = await client.iterate({ query: source, operationName: 'TicketComment', variables: { input } }).next();
    assert.equal(answer.value.data.ticketCommentAdd.comment.body, 'Through an event stream');
  });

  test('follows a subscription until it leaves', async (t) => {
    const client = connect(t, url, () => admin);
    const ticket = await someTicket(url, admin);
    const events = client.iterate({ query: source, operationName: 'TicketChanges', variables: { id: ticket.id } });
    const event = await until(events.next(), () => touch(url, admin, ticket.id));
    assert.equal(event.value.data.ticketChanged.ticket.id, ticket.id);
    await events.return();
    assert.equal((await events.next()).done, true);
  });

  // Its protocol: validation errors MUST come as `next` events of an accepted stream.
  for (const [what, login, payload, code] of [
    ['an unknown field', 'admin.demo', { query: '{ nothing }' }, 'BAD_INPUT'],
    ['an unknown subscription', 'admin.demo', { query: 'subscription { nothing }' }, 'BAD_INPUT'],
    ['a document that breaks off', 'admin.demo', { query: 'subscription { viewerChanged {' }, 'BAD_INPUT'],
    ['no choice of an operation', 'admin.demo', { query: 'query A { viewer { id } } query B { viewer { id } }' }, 'BAD_INPUT'],
    ['a missing variable', 'admin.demo', { query: 'subscription($id: ID!) { ticketChanged(id: $id) { action } }' }, 'BAD_INPUT'],
    ['a denied subscription', 'partner.demo', { query: 'subscription { ticketAlertRaised { __typename } }' }, 'FORBIDDEN'],
  ]) {
    test(`reads the errors of ${what} as an event`, async (t) => {
      const own = await token(url, login);
      const client = connect(t, url, () => own, { retryAttempts: 0 });
      const results = [];
      for await (const result of client.iterate(payload)) results.push(result);
      assert.equal(results.length, 1);
      assert.equal(results[0].errors[0].extensions.code, code);
    });
  }

  for (const [what, bearer] of [
    ['no token', ''],
    ['a wrong token', 'nonsense'],
  ]) {
    test(`is refused with 401 for ${what}`, async (t) => {
      const client = connect(t, url, () => bearer, { retryAttempts: 0 });
      const refusal = await client.iterate({ query: 'subscription { viewerChanged { id } }' }).next().catch((error) => error);
      assert.equal(refusal.response?.status, 401, String(refusal));
    });
  }

  test('reads what a GET asks for, as a browser would', async () => {
    const answer = await fetch(`${url}/graphql?query=${encodeURIComponent('{ viewer { login } }')}`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${admin}` },
    });
    assert.equal(answer.headers.get('content-type'), 'text/event-stream');
    const [next, complete, rest] = (await answer.text()).split('\n\n');
    assert.match(next, /^event: next\ndata: \{"data":\{"viewer":\{"login":"admin\.demo"\}\}/);
    assert.deepEqual([complete, rest], ['event: complete\ndata:', '']);
  });

  test('has to do without the single connection mode', async () => {
    const reservation = await fetch(`${url}/graphql`, { method: 'PUT', headers: { authorization: `Bearer ${admin}` } });
    assert.equal(reservation.status, 405);
  });
});

suite('time and number', () => {
  let server;
  before(async () => {
    server = await ownServer({ 'identity.access_token_lifetime': '30s', 'server.live.per_principal': 3 });
  });
  after(() => server?.stop());

  test('the last event says that the token has ended; subscribing again goes on', async (t) => {
    const client = connect(t, server.url, () => token(server.url), { retryAttempts: 0 });
    const ticket = await someTicket(server.url, await token(server.url));
    const payload = { query: source, operationName: 'TicketChanges', variables: { id: ticket.id } };
    const act = async () => touch(server.url, await token(server.url), ticket.id);
    const first = client.iterate(payload);
    assert.equal((await until(first.next(), act)).value.errors, undefined);
    let last;
    for (;;) {
      const step = await Promise.race([first.next(), late(40_000, 'the stream outlives its token')]);
      if (step.done) break;
      last = step.value;
    }
    assert.equal(last.errors[0].extensions.code, 'UNAUTHENTICATED');
    const second = client.iterate(payload);
    assert.equal((await until(second.next(), act)).value.errors, undefined);
    await second.return();
  });

  test('429 with Retry-After for too many streams of one principal', async (t) => {
    const agent = await token(server.url, 'agent.demo');
    const client = connect(t, server.url, () => agent, { retryAttempts: 0 });
    const query = 'subscription { viewerChanged { id } }';
    for (let i = 0; i < 3; i += 1) {
      const connected = new Promise((resolve) => {
        client.subscribe({ query }, { next: () => undefined, error: () => undefined, complete: () => undefined }, { connected: resolve });
      });
      await Promise.race([connected, late(5_000, 'no stream')]);
    }
    const refusal = await client.iterate({ query }).next().catch((error) => error);
    assert.equal(refusal.response?.status, 429);
    assert.ok(Number(refusal.response.headers.get('retry-after')) > 0);
  });

  test('a server that stops completes the streams; the client gets through again afterwards', async (t) => {
    const lead = await token(server.url, 'lead.demo');
    const client = connect(t, server.url, () => lead, { retryAttempts: 50 });
    const query = 'subscription { viewerChanged { id } }';
    let connected;
    const stands = new Promise((resolve) => (connected = resolve));
    const over = new Promise((resolve, reject) => {
      client.subscribe({ query }, { next: () => undefined, error: reject, complete: resolve }, { connected });
    });
    await Promise.race([stands, late(5_000, 'no stream')]);
    await server.stop();
    await Promise.race([over, late(5_000, 'the stream outlives its server')]);
    const again = client.iterate({ query: '{ viewer { login } }' }).next();
    await server.start();
    assert.equal((await again).value.data.viewer.login, 'lead.demo');
  });
});
