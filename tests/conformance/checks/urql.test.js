// urql with its normalised cache: reading, paging by relayPagination, writing, subscribing by event stream, errors. The
// cache is told the schema, as the server describes it to introspection.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-sse';
import { ask, operation, someTicket, token, touch, until } from '../support/api.js';
import { first } from '../support/clients.js';
import { sharedServer } from '../support/work.js';

let url;
let admin;
let events;
let client;
const methods = [];
const complaints = [];
before(async () => {
  url = await sharedServer();
  admin = await token(url);
  const headers = { authorization: `Bearer ${admin}` };
  events = createClient({ url: `${url}/graphql`, headers });
  client = new Client({
    url: `${url}/graphql`,
    preferGetMethod: 'within-url-limit',
    fetchOptions: { headers },
    fetch(input, init) {
      methods.push(init.method ?? 'GET');
      return fetch(input, init);
    },
    exchanges: [
      cacheExchange({
        schema: await ask(url, admin, getIntrospectionQuery({ descriptions: false })),
        resolvers: { Query: { tickets: relayPagination() } },
        logger: (severity, message) => complaints.push(`${severity}: ${message}`),
      }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (payload) => ({
          subscribe: (sink) => ({ unsubscribe: events.subscribe(payload, sink) }),
        }),
      }),
    ],
  });
});
after(() => {
  events?.dispose();
  assert.deepEqual(complaints, [], 'the cache understands every answer');
});

test('reads by GET, and finds what it has read in its cache', async () => {
  const query = operation('TicketPage');
  const read = await client.query(query, { first: 3, filter: { state: { eq: 'OPEN' } } });
  assert.equal(read.error, undefined);
  assert.deepEqual(methods, ['GET']);
  const cached = await client.query(query, { first: 3, filter: { state: { eq: 'OPEN' } } }, { requestPolicy: 'cache-only' });
  assert.deepEqual(cached.data, read.data);
});

test('pages forward to one list without gaps or doubles', async () => {
  const query = operation('TicketPage');
  let after;
  let data;
  for (let page = 0; page < 3; page += 1) {
    const result = await client.query(query, { first: 5, after });
    assert.equal(result.error, undefined);
    data = result.data;
    after = data.tickets.pageInfo.endCursor;
  }
  const ids = (tickets) => tickets.edges.map((edge) => edge.node.id);
  assert.equal(new Set(ids(data.tickets)).size, 15);
  const whole = await ask(url, admin, '{ tickets(first: 15) { edges { node { id } } } }');
  assert.deepEqual(ids(data.tickets), ids(whole.tickets));
});

test('writes, and shows user errors as data', async () => {
  const { id } = await someTicket(url, admin);
  const mutation = operation('TicketComment');
  const done = await client.mutation(mutation, { input: { ticketId: id, body: 'From urql' } });
  assert.equal(done.data.ticketCommentAdd.comment.body, 'From urql');
  const refused = await client.mutation(mutation, { input: { ticketId: id, body: ' ' } });
  assert.equal(refused.data.ticketCommentAdd.userErrors[0].code, 'BLANK');
});

test('subscribes, and an event changes what is in the cache', async () => {
  const ticket = await someTicket(url, admin);
  const query = operation('TicketDetail');
  await client.query(query, { id: ticket.id });
  const event = first((next) => {
    const { unsubscribe } = client.subscription(operation('TicketChanges'), { id: ticket.id }).subscribe(next);
    return unsubscribe;
  });
  const { data, error } = await until(event, () => touch(url, admin, ticket.id));
  assert.equal(error, undefined);
  const cached = client.readQuery(query, { id: ticket.id });
  assert.ok(cached.data.ticket.version >= data.ticketChanged.ticket.version);
});

test('tells errors of the request', async () => {
  const { error } = await client.query('query($id: ID!) { ticket(id: $id) { id } }', { id: 'nonsense' });
  assert.equal(error.graphQLErrors[0].extensions.code, 'BAD_INPUT');
  assert.equal(error.networkError, undefined);
});
