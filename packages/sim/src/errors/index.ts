export { type Cause, type Status, StatusError } from './StatusError';
export * from './statusErrors';
