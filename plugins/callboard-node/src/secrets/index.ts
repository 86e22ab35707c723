export { type SealedText, SecretCipher } from './SecretCipher';
export { readSecretKeys } from './readSecretKeys';
