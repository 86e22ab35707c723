import type { Config } from '@backstage/config';
import { LOCAL_HOSTS } from '../judgeRequest';

/** An app in an environment, from a host name. */
export interface NamedApp {
  app: string;
  environment: string;
}

/** Host names of apps below the portal's own address: `shop.dev.localhost`. */
export interface AppNames {
  /** Whether only callers on this machine are accepted. */
  isLocal: boolean;
  urlOf(of: NamedApp): string;
  /** @param host - of a request, with or without a port; undefined where it names no app */
  find(host: string | undefined): NamedApp | undefined;
}

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

/**
 * Reads the host names of the playground's apps.
 *
 * @returns undefined without a playground, and where the portal has another
 *   name than this machine's own and `callboard.playground.appDomain` is not
 *   set: such names would not resolve
 * @throws Error where the domain is not a host name
 */
export function readAppNames(config: Config): AppNames | undefined {
  const playground = config.getOptionalConfig('callboard.playground');
  if (!playground?.getOptionalBoolean('enabled')) return undefined;
  const { protocol, hostname, port } = new URL(
    config.getString('backend.baseUrl'),
  );
  const given = playground.getOptionalString('appDomain');
  if (given === undefined && !LOCAL_HOSTS.includes(hostname)) return undefined;
  const domain = (given ?? 'localhost').toLowerCase();
  if (!new RegExp(`^${LABEL}(?:\\.${LABEL})*$`).test(domain))
    throw new Error(
      `callboard.playground.appDomain: "${given}" is not a host name. Write it without scheme and port: apps.example.com`,
    );
  const named = new RegExp(
    `^(${LABEL})\\.(${LABEL})\\.${domain.replaceAll(
      '.',
      '\\.',
    )}\\.?(?::\\d{1,5})?$`,
    'i',
  );
  return {
    isLocal: domain === 'localhost',
    urlOf: ({ app, environment }) =>
      `${protocol}//${app}.${environment}.${domain}${port && `:${port}`}`,
    find(host = '') {
      const [, app, environment] = named.exec(host) ?? [];
      return app && environment
        ? { app: app.toLowerCase(), environment: environment.toLowerCase() }
        : undefined;
    },
  };
}
