export {
  type ConfiguredPortalSecret,
  ConfiguredPortalSecrets,
} from './ConfiguredPortalSecrets';
export { openSecretCipher } from './openSecretCipher';
