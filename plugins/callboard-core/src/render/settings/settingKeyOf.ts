/** Returns the key of a setting's version on clusters: `PAYMENT_KEY.7`. */
export function settingKeyOf(name: string, version: number): string {
  return `${name}.${version}`;
}

/**
 * Returns the name of the objects that read a secret from a store:
 * `callboard-payment-key-7`. Names of settings have no hyphen, so all are
 * unique.
 */
export function externalSecretNameOf(name: string, version: number): string {
  return `callboard-${name.toLowerCase().replaceAll('_', '-')}-${version}`;
}
