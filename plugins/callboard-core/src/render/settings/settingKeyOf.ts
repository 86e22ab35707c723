/** Key under which clusters keep a version of a setting: `PAYMENT_KEY.7`. */
export function settingKeyOf(name: string, version: number): string {
  return `${name}.${version}`;
}

/** Name of what a cluster reads from a store: `callboard-payment-key-7`. Names of settings have no hyphen, so no two are the same. */
export function externalSecretNameOf(name: string, version: number): string {
  return `callboard-${name.toLowerCase().replaceAll('_', '-')}-${version}`;
}
