import type { core, ZodMiniType } from 'zod/mini';
import { isRecord } from '../json.ts';
import { type ApiResponse, type FieldError, invalidForm } from './responses.ts';

type Issue = core.$ZodIssue;
type Path = readonly (string | number)[];

export type Checked<T> =
  | { readonly kind: 'fits'; readonly value: T }
  | { readonly kind: 'refused'; readonly reply: ApiResponse };

export function refused(reply: ApiResponse): Checked<never> {
  return { kind: 'refused', reply };
}

/**
 * Validates a body against one of Discord's schemas, then against `rules`. Errors have Discord's own paths, codes and
 * messages. `prefix` is the path of `body` in the request.
 */
export function checkBody<T>(
  schema: ZodMiniType<T>,
  body: unknown,
  prefix: Path = [],
  rules: (value: T) => readonly FieldError[] = () => [],
): Checked<T> {
  const { success, data, error } = schema.safeParse(body);
  const errors = success ? rules(data) : error.issues.flatMap(issue => toFields(issue, body, []));
  if (success && errors.length === 0) return { kind: 'fits', value: data };
  return refused(invalidForm(errors.map(field => ({ ...field, path: [...prefix, ...field.path] }))));
}

function toFields(issue: Issue, root: unknown, base: Path): readonly FieldError[] {
  const path = [...base, ...issue.path.map(key => (typeof key === 'symbol' ? String(key) : key))];
  if (issue.code !== 'invalid_union') return [{ path, ...describe(issue, at(root, path)) }];
  const branch = chooseBranch(issue.errors);
  if (branch !== undefined) return branch.flatMap(inner => toFields(inner, root, path));
  return [{ path, ...unionError(issue, at(root, path)) }];
}

/** Returns the issues of the union's branch whose `type` matches, since Discord discriminates by `type`. */
function chooseBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const meant = branches.filter(issues => !issues.some(issue => issue.path.length === 0 || issue.path[0] === 'type'));
  return meant.length === 1 ? meant[0] : undefined;
}

function unionError(issue: Issue & { readonly code: 'invalid_union' }, value: unknown): Omit<FieldError, 'path'> {
  if (value === undefined) return REQUIRED;
  const allowed = issue.errors.flat().flatMap(inner => (inner.code === 'invalid_value' ? inner.values : []));
  const listed = [...new Set(allowed)].map(String).join(', ');
  return { code: 'UNION_TYPE_CHOICES', message: `Value of field "type" must be one of (${listed}).` };
}

export const REQUIRED = { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' } as const;

const CONVERSIONS: Readonly<Record<string, Omit<FieldError, 'path'>>> = {
  string: { code: 'STRING_TYPE_CONVERT', message: 'Could not interpret value as string.' },
  int: { code: 'NUMBER_TYPE_COERCE', message: 'Value is not int.' },
  number: { code: 'NUMBER_TYPE_COERCE', message: 'Value is not a number.' },
  boolean: { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' },
  array: { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' },
  object: { code: 'MODEL_TYPE_CONVERT', message: 'Only dictionaries may be used in a ModelType' },
  record: { code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' },
};

function describe(issue: Issue, value: unknown): Omit<FieldError, 'path'> {
  if (value === undefined) return REQUIRED;
  switch (issue.code) {
    case 'invalid_type':
      return CONVERSIONS[issue.expected] ?? { code: 'BASE_TYPE_BAD_TYPE', message: issue.message };
    case 'too_big':
      return tooBig(issue.maximum, value);
    case 'too_small':
      return tooSmall(issue.minimum, value);
    case 'invalid_value':
      return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${issue.values.map(String).join(', ')}}.` };
    case 'invalid_format':
      return { code: 'STRING_TYPE_REGEX', message: 'String value did not match validation regex.' };
    default:
      return { code: 'BASE_TYPE_BAD_TYPE', message: issue.message };
  }
}

function tooBig(maximum: number | bigint, value: unknown): Omit<FieldError, 'path'> {
  return typeof value === 'number'
    ? { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${maximum}.` }
    : { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${maximum} or fewer in length.` };
}

function tooSmall(minimum: number | bigint, value: unknown): Omit<FieldError, 'path'> {
  if (typeof value === 'number') {
    return { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${minimum}.` };
  }
  // Discord treats an empty string as missing.
  if (value === '') return REQUIRED;
  return { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${minimum} or more in length.` };
}

function at(root: unknown, path: Path): unknown {
  let value = root;
  for (const key of path) value = isRecord(value) ? value[String(key)] : undefined;
  return value;
}
