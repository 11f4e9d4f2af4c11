// Apollo Client 4: reading, paging by relayStylePagination, writing, subscribing, errors.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { OperationTypeNode, parse } from 'graphql';
import { operation, someTicket, token, touch, until } from '../support/api.js';
import { first, socketClient } from '../support/clients.js';
import { sharedServer } from '../support/work.js';

let url;
let admin;
let socket;
let client;
before(async () => {
  url = await sharedServer();
  admin = await token(url);
  socket = socketClient(url, admin);
  client = new ApolloClient({
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(socket),
      new HttpLink({ uri: `${url}/graphql`, headers: { authorization: `Bearer ${admin}` } }),
    ),
    cache: new InMemoryCache({
      typePolicies: { Query: { fields: { tickets: relayStylePagination(['filter', 'orderBy']) } } },
    }),
  });
});
after(() => {
  client?.stop();
  return socket?.dispose();
});

test('reads, and finds what it has read in its cache', async () => {
  const query = operation('TicketPage');
  const { data } = await client.query({ query, variables: { first: 3 } });
  assert.equal(data.tickets.edges.length, 3);
  const [{ node }] = data.tickets.edges;
  assert.equal(client.cache.identify(node), `Ticket:${node.id}`);
  const cached = await client.query({ query, variables: { first: 3 }, fetchPolicy: 'cache-only' });
  assert.deepEqual(cached.data, data);
});

test('pages forward to one list without gaps or doubles', async () => {
  const query = operation('TicketPage');
  const filter = { kind: { in: ['FAULT_REPAIR', 'CONSULTATION', 'COMPLAINT'] } };
  const pages = client.watchQuery({ query, variables: { first: 4, filter } });
  const watching = pages.subscribe(() => undefined);
  let { data } = await client.query({ query, variables: { first: 4, filter } });
  const total = data.tickets.totalCount;
  let fetched = 4;
  while (data.tickets.pageInfo.hasNextPage && fetched < 20) {
    await pages.fetchMore({ variables: { first: 4, after: data.tickets.pageInfo.endCursor } });
    data = client.readQuery({ query, variables: { filter, first: 4 } });
    fetched += 4;
    assert.equal(data.tickets.edges.length, Math.min(fetched, total));
  }
  assert.ok(fetched > 4);
  const whole = await client.query({ query, variables: { first: Math.min(fetched, total), filter }, fetchPolicy: 'no-cache' });
  const ids = (tickets) => tickets.edges.map((edge) => edge.node.id);
  assert.deepEqual(ids(data.tickets), ids(whole.data.tickets));
  watching.unsubscribe();
});

test('writes, and shows user errors as data', async () => {
  const { id } = await someTicket(url, admin);
  const mutation = operation('TicketComment');
  const done = await client.mutate({ mutation, variables: { input: { ticketId: id, body: 'From Apollo' } } });
  assert.equal(done.data.ticketCommentAdd.comment.body, 'From Apollo');
  const refused = await client.mutate({ mutation, variables: { input: { ticketId: id, body: ' ' } } });
  assert.equal(refused.data.ticketCommentAdd.comment, null);
  assert.equal(refused.data.ticketCommentAdd.userErrors[0].code, 'BLANK');
});

test('subscribes, and an event changes what is in the cache', async () => {
  const ticket = await someTicket(url, admin);
  const query = operation('TicketDetail');
  await client.query({ query, variables: { id: ticket.id } });
  const events = client.subscribe({ query: operation('TicketChanges'), variables: { id: ticket.id } });
  const event = first((next, error) => {
    const subscription = events.subscribe({ next, error });
    return () => subscription.unsubscribe();
  });
  const { data } = await until(event, () => touch(url, admin, ticket.id));
  const cached = client.readQuery({ query, variables: { id: ticket.id } });
  assert.ok(cached.ticket.version >= data.ticketChanged.ticket.version);
  assert.ok(cached.ticket.version > ticket.version);
});

test('tells errors of the request from errors of a field', async () => {
  const invalid = await client.query({ query: parse('{ nothing }') }).catch((error) => error);
  assert.ok(CombinedGraphQLErrors.is(invalid), String(invalid));
  assert.equal(invalid.errors[0].extensions.code, 'BAD_INPUT');
  const partial = await client.query({
    query: parse('{ viewer { login } ticket(id: "customer_01m802t4j2eakt51ajg878d8by") { id } }'),
    errorPolicy: 'all',
    fetchPolicy: 'no-cache',
  });
  assert.equal(partial.data.viewer.login, 'admin.demo');
  assert.equal(partial.data.ticket, null);
  assert.deepEqual(partial.error.errors[0].path, ['ticket']);
});
