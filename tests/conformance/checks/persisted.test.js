// Automatic persisted queries as Apollo Client speaks them: a document is sent once, and its hash from then on.

import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { parse } from 'graphql';
import { someTicket, token } from '../support/api.js';
import { sharedServer } from '../support/work.js';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
let url;
let admin;
before(async () => {
  url = await sharedServer();
  admin = await token(url);
});

/** A client that counts what it sends. */
function counting(options) {
  const sent = [];
  const http = new HttpLink({
    uri: `${url}/graphql`,
    headers: { authorization: `Bearer ${admin}` },
    fetch: (target, init) => {
      const whole = init.method === 'GET' ? new URL(target).searchParams.has('query') : 'query' in JSON.parse(init.body);
      sent.push(`${init.method} ${whole ? 'text' : 'hash'}`);
      return fetch(target, init);
    },
  });
  const link = new PersistedQueryLink({ sha256, ...options }).concat(http);
  return { client: new ApolloClient({ link, cache: new InMemoryCache() }), sent };
}

for (const [useGETForHashedQueries, method] of [[false, 'POST'], [true, 'GET']]) {
  test(`sends a document once, then its hash by ${method}`, async () => {
    const name = `Q${randomUUID().replaceAll('-', '')}`;
    const query = parse(`query ${name}($first: Int) { tickets(first: $first) { nodes { id number } } }`);
    const ours = counting({ useGETForHashedQueries });
    const first = await ours.client.query({ query, variables: { first: 2 } });
    assert.equal(first.data.tickets.nodes.length, 2);
    assert.deepEqual(ours.sent, [`${method} hash`, 'POST text']);
    const another = counting({ useGETForHashedQueries });
    const again = await another.client.query({ query, variables: { first: 1 } });
    assert.equal(again.data.tickets.nodes.length, 1);
    assert.deepEqual(another.sent, [`${method} hash`]);
  });
}

test('sends mutations by POST whatever is said of queries', async () => {
  const { client, sent } = counting({ useGETForHashedQueries: true });
  const { id } = await someTicket(url, admin);
  const name = `M${randomUUID().replaceAll('-', '')}`;
  const mutation = parse(
    `mutation ${name}($input: TicketTextInput!) { ticketCommentAdd(input: $input) { comment { body } userErrors { code } } }`,
  );
  for (const body of ['Once', 'Twice']) {
    const { data } = await client.mutate({ mutation, variables: { input: { ticketId: id, body } } });
    assert.equal(data.ticketCommentAdd.comment.body, body);
  }
  assert.deepEqual(sent, ['POST hash', 'POST text', 'POST hash']);
});
