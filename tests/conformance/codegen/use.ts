// What a front end does with the generated types. It is only compiled, by `tsc --strict`.

import type { ResultOf, TypedDocumentNode, VariablesOf } from '@graphql-typed-document-node/core';
import {
  type CommentLineFragment,
  TicketChangesDocument,
  TicketCommentDocument,
  TicketDetailDocument,
  TicketPageDocument,
  type TicketRowFragment,
  TicketRowFragmentDoc,
} from './generated/graphql';
import { type FragmentType, getFragmentData } from './generated';

declare function run<Result, Variables>(
  document: TypedDocumentNode<Result, Variables>,
  variables: NoInfer<Variables>,
): Promise<Result>;

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <T extends true>(): T | undefined => undefined;

function line(ticket: FragmentType<typeof TicketRowFragmentDoc>): string {
  const row: TicketRowFragment = getFragmentData(TicketRowFragmentDoc, ticket);
  // A customer may be out of sight, a subject never is.
  return `${row.number} ${row.subject} ${row.customer?.name ?? '-'} ${row.priority === 'URGENT' ? '!' : ''}`;
}

export async function lines(): Promise<string[]> {
  const { tickets } = await run(TicketPageDocument, { first: 10, filter: { state: { in: ['OPEN'] } } });
  return tickets?.edges.map((edge) => line(edge.node)) ?? [];
}

export async function comment(ticketId: string, body: string): Promise<string | undefined> {
  const { ticketCommentAdd } = await run(TicketCommentDocument, { input: { ticketId, body } });
  const wrong = ticketCommentAdd?.userErrors.find((error) => error.code === 'BLANK');
  return wrong?.message;
}

export async function age(id: string): Promise<number | undefined> {
  const { ticket } = await run(TicketDetailDocument, { id });
  return ticket?.resolvedAt ? Date.parse(ticket.resolvedAt) : undefined;
}

// What may be null is, and what a caller has to give is known.
is<Same<NonNullable<ResultOf<typeof TicketPageDocument>['tickets']>['totalCount'], number | null>>();
is<Same<CommentLineFragment['createdAt'], string>>();
is<Same<VariablesOf<typeof TicketDetailDocument>['id'], string>>();
is<Same<ResultOf<typeof TicketChangesDocument>['ticketChanged']['ticket']['version'], number>>();

// @ts-expect-error a filter knows no such state
void run(TicketPageDocument, { first: 1, filter: { state: { eq: 'LOST' } } });
// @ts-expect-error the number of rows is asked for
void run(TicketPageDocument, {});
// @ts-expect-error an input object has no other fields
void run(TicketCommentDocument, { input: { ticketId: 't', body: 'b', colour: 'red' } });
