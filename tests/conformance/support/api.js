// The plainest client: what the checks need to sign in and to make things happen on the server.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, separateOperations } from 'graphql';
import { home } from './work.js';

const PASSWORD = 'demo-Pass-2026';

/** Sends one operation; the answer must have no errors. */
export async function ask(url, token, query, variables) {
  const headers = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const body = await answer.json();
  assert.equal(body.errors, undefined, JSON.stringify(body.errors));
  return body.data;
}

/** Signs a demo user in: `{ accessToken, refreshToken, expiresAt }`. */
export async function signIn(url, login = 'admin.demo') {
  const data = await ask(
    url,
    undefined,
    `mutation($input: SignInInput!) {
      signIn(input: $input) { session { accessToken refreshToken expiresAt } userErrors { code message } }
    }`,
    { input: { login, password: PASSWORD } },
  );
  assert.deepEqual(data.signIn.userErrors, []);
  return data.signIn.session;
}

/** The access token of a demo user. */
export async function token(url, login) {
  return (await signIn(url, login)).accessToken;
}

/** An open ticket, the newest, with its version. */
export async function someTicket(url, token) {
  const data = await ask(
    url,
    token,
    `{ tickets(first: 1, filter: { state: { eq: OPEN } }, orderBy: CREATED_AT_DESC) { nodes { id number version priority } } }`,
  );
  return data.tickets.nodes[0];
}

/** Changes a ticket's priority to another one, which every subscriber to it hears of; again when somebody was faster. */
export async function touch(url, token, id) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await touchOnce(url, token, id);
    } catch (error) {
      const faster = error.actual?.[0]?.extensions?.code === 'CONFLICT';
      if (!faster || tries === 5) throw error;
    }
  }
}

async function touchOnce(url, token, id) {
  const { ticket } = await ask(url, token, 'query($id: ID!) { ticket(id: $id) { version priority } }', { id });
  const input = {
    id,
    expectedVersion: ticket.version,
    priority: ticket.priority === 'HIGH' ? 'LOW' : 'HIGH',
    reason: `Conformance ${randomUUID()}`,
  };
  const data = await ask(
    url,
    token,
    `mutation($input: TicketPrioritySetInput!) {
      ticketPrioritySet(input: $input) { ticket { version priority } userErrors { code message } }
    }`,
    { input },
  );
  assert.deepEqual(data.ticketPrioritySet.userErrors, []);
  return data.ticketPrioritySet.ticket;
}

/** Does something every half second until what it is to cause has happened: events before a subscription stands are lost. */
export async function until(happened, action) {
  let over = false;
  const repeated = (async () => {
    while (!over) {
      await action();
      await Promise.race([sleep(500), happened]);
    }
  })();
  try {
    return await Promise.race([happened, repeated.then(() => happened), late(20_000, 'nothing happened')]);
  } finally {
    over = true;
    await repeated.catch(() => undefined);
  }
}

/** Fails after a while. */
export async function late(millis, message) {
  await sleep(millis, undefined, { ref: false });
  throw new Error(`${message} within ${millis} ms`);
}

/** The documents of `operations/`, as text. */
export const source = readFileSync(join(home, 'operations/tickets.graphql'), 'utf8');

/** One operation of them, with the fragments it uses, as a parsed document. */
export function operation(name) {
  return separateOperations(parse(source))[name];
}
