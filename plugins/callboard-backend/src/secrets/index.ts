export { openSecretCipher } from './openSecretCipher';
