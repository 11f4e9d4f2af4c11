// A list of tickets and a ticket with its comments, as a front end on Relay would ask for them.

import { graphql } from 'relay-runtime';

export const row = graphql`
  fragment tickets_row on Ticket {
    id
    number
    subject
    stage
    dueAt: sla {
      dueAt
    }
    customer {
      name
    }
  }
`;

export const list = graphql`
  fragment tickets_list on Query
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 20 }
    cursor: { type: "String" }
    filter: { type: "TicketFilter" }
  )
  @refetchable(queryName: "ticketsListPaginationQuery") {
    tickets(first: $count, after: $cursor, filter: $filter, orderBy: UPDATED_AT_DESC)
      @connection(key: "tickets_list_tickets") {
      totalCount
      edges {
        node {
          ...tickets_row
        }
      }
    }
  }
`;

export const page = graphql`
  query ticketsPageQuery($filter: TicketFilter) {
    ...tickets_list @arguments(filter: $filter)
  }
`;

// Backwards, as a conversation is read.
export const comments = graphql`
  fragment tickets_comments on Ticket
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, before: { type: "String" })
  @refetchable(queryName: "ticketsCommentsPaginationQuery") {
    comments(last: $count, before: $before) @connection(key: "tickets_comments_comments") {
      edges {
        node {
          id
          body
          authorName
          createdAt
        }
      }
    }
  }
`;

export const detail = graphql`
  query ticketsDetailQuery($id: ID!) {
    node(id: $id) {
      ... on Ticket @alias(as: "ticket") {
        ...tickets_row
        ...tickets_comments
      }
    }
  }
`;

export const create = graphql`
  mutation ticketsCreateMutation($input: TicketCreateInput!, $connections: [ID!]!) {
    ticketCreate(input: $input) {
      ticket @prependNode(connections: $connections, edgeTypeName: "TicketEdge") {
        ...tickets_row
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export const comment = graphql`
  mutation ticketsCommentMutation($input: TicketTextInput!, $connections: [ID!]!) {
    ticketCommentAdd(input: $input) {
      comment @appendNode(connections: $connections, edgeTypeName: "TicketCommentEdge") {
        id
        body
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export const changes = graphql`
  subscription ticketsChangesSubscription($id: ID) {
    ticketChanged(id: $id) {
      action
      ticket {
        ...tickets_row
        version
      }
    }
  }
`;
