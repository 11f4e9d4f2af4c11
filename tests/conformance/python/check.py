"""The gql client for Python: over HTTP by aiohttp, over WebSockets by websockets and by aiohttp, with the documents of
`operations/` held against the schema that the server describes. Started by checks/python.test.js with the address, a
token and the operations' file."""

import asyncio
import sys
import time
import unittest
from pathlib import Path

from gql import Client, GraphQLRequest, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.aiohttp_websockets import AIOHTTPWebsocketsTransport
from gql.transport.exceptions import TransportQueryError, TransportServerError
from gql.transport.websockets import WebsocketsTransport
from graphql import GraphQLError, validate

URL, TOKEN, OPERATIONS = sys.argv[1:4]
BEARER = {"authorization": f"Bearer {TOKEN}"}
DOCUMENT = gql(Path(OPERATIONS).read_text(encoding="utf-8"))
NEWEST = gql("{ tickets(first: 1, filter: {state: {eq: OPEN}}) { nodes { id version priority } } }")
PRIORITY = gql(
    """mutation($input: TicketPrioritySetInput!) {
      ticketPrioritySet(input: $input) { ticket { version } userErrors { code } }
    }"""
)


def operation(name, **variables):
    """One of the shared operations."""
    return GraphQLRequest(DOCUMENT, variable_values=variables, operation_name=name)


def http(bearer=BEARER):
    """Over HTTP."""
    return AIOHTTPTransport(url=f"{URL}/graphql", headers=bearer, ssl=False)


SOCKET = {
    "url": f"{URL.replace('http', 'ws', 1)}/graphql",
    "init_payload": BEARER,
    "ping_interval": 1,
    "pong_timeout": 2,
}
SOCKETS = {
    # gql 4.4 overlooks the name of the protocol that the server chose when the header isn't written in capitals, and goes
    # on in a protocol of old; offered this one only, it has no choice.
    "websockets": lambda: WebsocketsTransport(**SOCKET, subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL]),
    "aiohttp": lambda: AIOHTTPWebsocketsTransport(**SOCKET),
}


async def refusal(session, document):
    """The error of what must fail. (`assertRaises` would clear the frames of the client's own task, which raised it.)"""
    try:
        await session.execute(document)
    except (GraphQLError, TransportQueryError, TransportServerError) as error:
        return error
    raise AssertionError("it was accepted")


class Http(unittest.IsolatedAsyncioTestCase):
    """Queries and mutations by POST."""

    async def test_the_schema_and_our_documents(self):
        async with Client(transport=http(), fetch_schema_from_transport=True) as session:
            schema = session.client.schema
            self.assertEqual(validate(schema, DOCUMENT.document), [])
            wrong = gql("{ tickets(first: 1) { nothing } }")
            self.assertIsInstance(await refusal(session, wrong), GraphQLError)

    async def test_a_query_and_a_mutation(self):
        async with Client(transport=http()) as session:
            page = await session.execute(operation("TicketPage", first=2))
            self.assertEqual(len(page["tickets"]["edges"]), 2)
            ticket = page["tickets"]["edges"][0]["node"]["id"]
            done = await session.execute(operation("TicketComment", input={"ticketId": ticket, "body": "From Python"}))
            self.assertEqual(done["ticketCommentAdd"]["comment"]["body"], "From Python")

    async def test_errors(self):
        async with Client(transport=http()) as session:
            error = await refusal(session, gql("{ nothing }"))
            self.assertEqual(error.errors[0]["extensions"]["code"], "BAD_INPUT")
        async with Client(transport=http({"authorization": "Bearer nonsense"})) as session:
            self.assertRegex(str(await refusal(session, NEWEST)), "401|UNAUTHENTICATED")


class Socket(unittest.IsolatedAsyncioTestCase):
    """Everything over a WebSocket."""

    async def test_a_query_a_mutation_and_a_subscription(self):
        for name, transport in SOCKETS.items():
            with self.subTest(transport=name):
                async with Client(transport=transport()) as session:
                    await asyncio.wait_for(self.talk(session), 20)

    async def talk(self, session):
        """What is done on one socket."""
        error = await refusal(session, gql("{ nothing }"))
        self.assertEqual(error.errors[0]["extensions"]["code"], "BAD_INPUT")
        # Longer than a ping's interval and its patience: ours was answered, or the client would have left.
        await asyncio.sleep(3.5)
        ticket = await self.change(session)
        changing = asyncio.ensure_future(self.keep_changing(session))
        try:
            async for event in session.subscribe(operation("TicketChanges", id=ticket)):
                self.assertEqual(event["ticketChanged"]["ticket"]["id"], ticket)
                break
        finally:
            changing.cancel()

    async def keep_changing(self, session):
        """An event before the subscription stands is lost."""
        while True:
            await self.change(session)
            await asyncio.sleep(0.5)

    async def change(self, session):
        """Gives the newest ticket another priority; other checks may be changing it at the same time."""
        for attempt in range(5):
            ticket = (await session.execute(NEWEST))["tickets"]["nodes"][0]
            change = {
                "id": ticket["id"],
                "expectedVersion": ticket["version"],
                "priority": "LOW" if ticket["priority"] == "HIGH" else "HIGH",
                "reason": f"Conformance {time.time_ns()}",
            }
            asked = GraphQLRequest(PRIORITY, variable_values={"input": change})
            try:
                done = await session.execute(asked)
            except TransportQueryError as refused:
                if attempt == 4 or refused.errors[0]["extensions"]["code"] != "CONFLICT":
                    raise
                continue
            self.assertEqual(done["ticketPrioritySet"]["userErrors"], [])
            return ticket["id"]


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
