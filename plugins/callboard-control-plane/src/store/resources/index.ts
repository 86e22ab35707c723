export {
  type KeptDataKey,
  type KeptDataRecord,
  closeKeptData,
  findKeptData,
  saveKeptData,
} from './keptData';
export {
  type ResourceSecretRecord,
  closeResourceSecret,
  findResourceSecrets,
  saveResourceSecret,
} from './resourceSecrets';
