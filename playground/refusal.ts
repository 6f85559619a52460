/** What goes back to a client of the REST interface. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One field that Discord would not take, in Discord's own code and words. */
export interface FieldError {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

interface Nested {
  [key: string]: Nested | { readonly code: string; readonly message: string }[];
}

export const noContent: Reply = { status: 204, body: undefined };

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export function refuse(status: number, code: number, message: string): Reply {
  return { status, body: { message, code } };
}

export const unknownInteraction = refuse(404, 10062, 'Unknown interaction');
export const unknownWebhook = refuse(404, 10015, 'Unknown Webhook');
export const unknownMessage = refuse(404, 10008, 'Unknown Message');
export const alreadyAcknowledged = refuse(400, 40060, 'Interaction has already been acknowledged.');
export const expiredToken = refuse(401, 50027, 'Invalid Webhook Token');
export const emptyMessage = refuse(400, 50006, 'Cannot send an empty message');
export const notJson = refuse(400, 50109, 'The request body contains invalid JSON.');

export function refuseForm(fields: readonly FieldError[]): Reply {
  return { status: 400, body: { message: 'Invalid Form Body', code: 50035, errors: nest(fields) } };
}

/** Discord's nesting: `{data: {embeds: {0: {title: {_errors: [{code, message}]}}}}}`. */
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

/** Without a prototype: keys come from a stranger's body, `__proto__` among them. */
function emptyNest(): Nested {
  return Object.create(null);
}
