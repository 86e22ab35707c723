const PLACE = 'callboard.builder.packageRegistries';

/** A registry of packages that installs may use in addition to the machine's own. */
export interface PackageRegistry {
  /** With its path and without a trailing slash. */
  url: string;
  token?: string;
}

interface RegistryConfig {
  getString(key: string): string;
  getOptionalString(key: string): string | undefined;
}

/** The package registries that `callboard.builder.packageRegistries` allows. */
export function readPackageRegistries(config: {
  getOptionalConfigArray(key: string): RegistryConfig[] | undefined;
}): PackageRegistry[] {
  return (config.getOptionalConfigArray(PLACE) ?? []).map(each => {
    const url = normalizeUrl(each.getString('url'));
    if (url === undefined)
      throw new Error(
        `${PLACE}[].url must be an http or https address without credentials, got something else`,
      );
    const token = each.getOptionalString('token');
    if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
      throw new Error(
        `${PLACE}[].token of ${url} must be printable without spaces`,
      );
    return { url, ...(token !== undefined && { token }) };
  });
}

/** Normalizes an address, so that two addresses of one registry are equal; undefined for an invalid one. */
export function normalizeUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, host, pathname } = new URL(text);
  if (!/^https?:$/.test(protocol) || username || password) return undefined;
  return `${protocol}//${host}${pathname}`.replace(/(?<!\/)\/+$/, '');
}
