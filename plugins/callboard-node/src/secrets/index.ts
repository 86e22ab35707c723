export type { PortalSecrets } from './PortalSecrets';
export { type SealedText, SecretCipher } from './SecretCipher';
export { readSecretKeys } from './readSecretKeys';
