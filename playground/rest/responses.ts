/** A response of the REST API. */
export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An invalid field, with Discord's own code and message. */
export interface FieldError {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

interface Nested {
  [key: string]: Nested | { readonly code: string; readonly message: string }[];
}

export const NO_CONTENT: ApiResponse = { status: 204, body: undefined };

export function ok(body: unknown): ApiResponse {
  return { status: 200, body };
}

export function apiError(status: number, code: number, message: string): ApiResponse {
  return { status, body: { message, code } };
}

export const UNKNOWN_INTERACTION = apiError(404, 10062, 'Unknown interaction');
export const UNKNOWN_WEBHOOK = apiError(404, 10015, 'Unknown Webhook');
export const UNKNOWN_CHANNEL = apiError(404, 10003, 'Unknown Channel');
export const UNKNOWN_MESSAGE = apiError(404, 10008, 'Unknown Message');
export const ALREADY_ACKNOWLEDGED = apiError(400, 40060, 'Interaction has already been acknowledged.');
export const EXPIRED_TOKEN = apiError(401, 50027, 'Invalid Webhook Token');
export const EMPTY_MESSAGE = apiError(400, 50006, 'Cannot send an empty message');
export const NOT_JSON = apiError(400, 50109, 'The request body contains invalid JSON.');

export function invalidForm(fields: readonly FieldError[]): ApiResponse {
  return { status: 400, body: { message: 'Invalid Form Body', code: 50035, errors: nest(fields) } };
}

/** Nests errors as Discord does: `{data: {components: {0: {label: {_errors: [{code, message}]}}}}}`. */
function nest(fields: readonly FieldError[]): Nested {
  const root: Nested = emptyNest();
  for (const { path, code, message } of fields) {
    let at = root;
    for (const key of path) at = descend(at, String(key));
    const known = at._errors;
    const list = Array.isArray(known) ? known : [];
    list.push({ code, message });
    at._errors = list;
  }
  return root;
}

function descend(at: Nested, key: string): Nested {
  const known = at[key];
  if (known !== undefined && !Array.isArray(known)) return known;
  const fresh: Nested = emptyNest();
  at[key] = fresh;
  return fresh;
}

/** Has no prototype, because keys come from the request and may be `__proto__`. */
function emptyNest(): Nested {
  return Object.create(null);
}
