import { type Cause, StatusError } from './StatusError';

/** The part of a resource that errors name, as in `deployments.apps`. */
export interface NamedResource {
  group: string;
  resource: string;
}

function qualifiedName({ group, resource }: NamedResource): string {
  return group === '' ? resource : `${resource}.${group}`;
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function unauthorized(): StatusError {
  return new StatusError(401, 'Unauthorized', 'Unauthorized');
}

export function forbidden(
  resource: NamedResource,
  name: string,
  why: string,
  causes?: Cause[],
): StatusError {
  return new StatusError(
    403,
    'Forbidden',
    `${qualifiedName(resource)} ${JSON.stringify(name)} is forbidden: ${why}`,
    {
      name,
      ...kindOf(resource),
      causes,
    },
  );
}

export function notFound(resource: NamedResource, name: string): StatusError {
  return new StatusError(
    404,
    'NotFound',
    `${qualifiedName(resource)} ${JSON.stringify(name)} not found`,
    {
      name,
      ...kindOf(resource),
    },
  );
}

/** The path does not exist. */
export function pathNotFound(): StatusError {
  return new StatusError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );
}

export function methodNotAllowed(): StatusError {
  return new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

export function unsupportedMediaType(accepted: readonly string[]): StatusError {
  return new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
      ', ',
    )}`,
  );
}

export function alreadyExists(
  resource: NamedResource,
  name: string,
): StatusError {
  return new StatusError(
    409,
    'AlreadyExists',
    `${qualifiedName(resource)} ${JSON.stringify(name)} already exists`,
    {
      name,
      ...kindOf(resource),
    },
  );
}

export function conflict(
  resource: NamedResource,
  name: string,
  why: string,
): StatusError {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedName(
      resource,
    )} ${JSON.stringify(name)}: ${why}`,
    { name, ...kindOf(resource) },
  );
}

export const STALE_OBJECT =
  'the object has been modified; please apply your changes to the latest version and try again';

/** The resourceVersion is no longer in the window of kept events. */
export function expired(message: string): StatusError {
  return new StatusError(410, 'Expired', message);
}

export function tooManyRequests(retryAfterSeconds: number): StatusError {
  return new StatusError(
    429,
    'TooManyRequests',
    'Too many requests, please try again later.',
    { retryAfterSeconds },
  );
}

export function internalError(message: string): StatusError {
  return new StatusError(
    500,
    'InternalError',
    `Internal error occurred: ${message}`,
    {
      causes: [{ reason: '', message }].map(({ message: text }) => ({
        message: text,
        reason: 'UnexpectedServerResponse',
      })),
    },
  );
}

/** One error in an object, at a field. */
export interface FieldError {
  reason:
    | 'FieldValueInvalid'
    | 'FieldValueRequired'
    | 'FieldValueForbidden'
    | 'FieldValueDuplicate'
    | 'FieldValueNotSupported'
    | 'FieldValueNotFound'
    | 'FieldValueTooLong'
    | 'FieldValueTooMany';
  field: string;
  /** Without the field: `Required value`, `Invalid value: "x": why`. */
  message: string;
}

/** Source: apimachinery pkg/api/errors NewInvalid and field.ErrorList.ToAggregate (equal messages are listed once). */
export function invalid(
  kind: { group: string; kind: string },
  name: string,
  errors: readonly FieldError[],
): StatusError {
  const messages = [
    ...new Set(errors.map(({ field, message }) => `${field}: ${message}`)),
  ];
  const reported =
    messages.length === 1 ? messages[0] : `[${messages.join(', ')}]`;
  const qualified =
    kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
  return new StatusError(
    422,
    'Invalid',
    `${qualified} ${JSON.stringify(name)} is invalid: ${reported}`,
    {
      name,
      group: kind.group === '' ? undefined : kind.group,
      kind: kind.kind,
      causes: errors.map(({ reason, message, field }) => ({
        reason,
        message,
        field,
      })),
    },
  );
}

function kindOf({ group, resource }: NamedResource) {
  return { group: group === '' ? undefined : group, kind: resource };
}
