export * from './fieldErrors';
export * from './nameRules';
export {
  validateLabels,
  validateMetadata,
  validateMetadataUpdate,
} from './validateMetadata';
export {
  isPort,
  objectsIn,
  quantity,
  validatePodSpec,
  warningsForPodSpec,
} from './validatePodSpec';
