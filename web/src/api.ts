import type { Words } from './words';

/** Where the API answers. */
export const endpoint = '/graphql';

/** What the API accepts to be asked for, the newer media type first. */
export const accept = 'application/graphql-response+json, application/json';

/** The API did not answer, or refused the whole request. */
export class ApiFailure extends Error {
  constructor(
    message: string,
    /** `extensions.code` of the first error, where there is one. */
    readonly code?: string,
  ) {
    super(message);
    // GraphiQL prints the stack beside the message, where it helps nobody.
    delete this.stack;
  }
}

/** A failure that the person can mend, as every mutation payload lists them. */
export interface UserError {
  readonly code: string | null;
  readonly field: readonly string[] | string | null;
  readonly message: string;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { message: string; extensions?: { code?: string } }[];
}

/** `data` of an answer, and how far the server's clock is ahead of ours, in milliseconds. */
export interface Executed<Data> {
  readonly data: Data;
  readonly clockAhead: number;
}

/** Runs one of the page's own operations; anything but complete data is an `ApiFailure`. */
export async function execute<Data>(
  query: string,
  variables: Record<string, string> = {},
  accessToken?: string,
): Promise<Executed<Data>> {
  const headers: Record<string, string> = { accept, 'content-type': 'application/json' };
  if (accessToken !== undefined) headers['authorization'] = `Bearer ${accessToken}`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  });
  const answer: Answer<Data> = await readJson(response);
  const error = answer.errors?.[0];
  if (error) throw new ApiFailure(error.message, error.extensions?.code);
  if (!answer.data) throw new ApiFailure(`HTTP ${response.status}`);
  const now = Date.parse(response.headers.get('date') ?? '');
  return { data: answer.data, clockAhead: Number.isNaN(now) ? 0 : now - Date.now() };
}

/** The body as JSON; a proxy's HTML page becomes a failure that names the status. */
async function readJson<T>(response: Response): Promise<T> {
  if (!isJson(response)) throw new ApiFailure(`HTTP ${response.status} ${response.statusText}`.trim());
  return (await response.json()) as T;
}

/** Whether a response says that it is JSON of any kind. */
export function isJson(response: Response): boolean {
  return /^application\/([\w.-]+\+)?json\b/.test(response.headers.get('content-type') ?? '');
}

/** What to tell the person about a failure: the API's own words, or that it is out of reach. */
export function explain(failure: unknown, unreachable: Words): Words | string {
  return failure instanceof ApiFailure ? failure.message : unreachable;
}
