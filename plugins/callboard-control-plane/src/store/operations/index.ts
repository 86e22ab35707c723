export {
  type EnvironmentOperationRecord,
  findOperation,
  findOperations,
  saveOperation,
} from './environmentOperations';
