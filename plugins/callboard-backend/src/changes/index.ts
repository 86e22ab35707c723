export { CHANGES_TOPIC, publishChanges } from './publishChanges';
