import type { Problem } from '@callboard/plugin-callboard-common';

/** Access to a repository, for the description of a refusal. */
export type RegistryAction = 'pull' | 'push' | 'delete';

export function registryUnreachable(registry: string, why: string): Problem {
  return {
    code: 'registry-unreachable',
    what: `Cannot reach the image registry ${registry}`,
    why,
    next: 'Check its address in callboard.builder.registry and whether it is up',
    transient: true,
  };
}

export function signInFailed(
  { repository, action }: { repository: string; action: RegistryAction },
  { registry, hasCredentials }: { registry: string; hasCredentials: boolean },
): Problem {
  return {
    code: 'registry-sign-in-failed',
    what: `Cannot sign in to the image registry ${registry} to ${action} "${repository}"`,
    why: hasCredentials
      ? 'it does not accept the configured username and password'
      : 'it asks for a username and password',
    next: 'Set callboard.builder.username and callboard.builder.password',
    transient: false,
  };
}

export function permissionMissing(
  registry: string,
  repository: string,
  action: RegistryAction,
): Problem {
  return {
    code: 'registry-permission-missing',
    what: `Cannot ${action} images of "${repository}" ${
      action === 'push' ? 'to' : 'from'
    } ${registry}`,
    why: `the account has no permission to ${action} there`,
    next: `Grant the account "${action}" on the repository "${repository}", or choose another repository in callboard.builder.registry`,
    transient: false,
  };
}

/** Registries refuse deletion unless it is enabled. */
export function imagesKept(registry: string): Problem {
  return {
    code: 'registry-keeps-images',
    what: `Cannot remove images of old releases from ${registry}`,
    why: 'this registry does not let images be removed',
    next: 'Allow it there (Docker Registry: storage.delete.enabled), or let the registry itself remove what is old and keep what runs',
    transient: false,
  };
}

export function imageNotFound(
  registry: string,
  repository: string,
  reference: string,
): Problem {
  return {
    code: 'image-not-found',
    what: `Cannot find the image ${registry}/${repository} (${reference})`,
    why: 'the registry knows no such image',
    next: 'Check its name, tag or digest',
    transient: false,
  };
}

/** Describes a refusal. Of `body`, the registry's response, only error codes and messages are kept. */
export function registryRefused(
  registry: string,
  doing: string,
  status: number,
  body: string,
): Problem {
  return {
    code: 'registry-refused',
    what: `Cannot ${doing} at the image registry ${registry}`,
    why: describeErrors(body) ?? `it answered with status ${status}`,
    next:
      status >= 500
        ? 'Try again; if it persists, ask who runs the registry'
        : 'Check whether the registry speaks the OCI distribution specification 1.1',
    transient: status >= 500 || status === 429,
  };
}

export function answerInvalid(registry: string, why: string): Problem {
  return {
    code: 'registry-answer-invalid',
    what: `Cannot understand the image registry ${registry}`,
    why,
    next: 'Check whether the address is that of a registry, not of a web page before it',
    transient: false,
  };
}

function describeErrors(body: string): string | undefined {
  try {
    const { errors } = JSON.parse(body) as {
      errors?: Array<{ code?: unknown; message?: unknown }>;
    };
    const said = errors?.map(({ code, message }) =>
      [code, message].filter(part => typeof part === 'string').join(': '),
    );
    return said?.length
      ? `it said "${said.join('; ').slice(0, 300)}"`
      : undefined;
  } catch {
    return undefined;
  }
}
