export {
  type ResourceSecretRecord,
  closeResourceSecret,
  findResourceSecrets,
  saveResourceSecret,
} from './resourceSecrets';
