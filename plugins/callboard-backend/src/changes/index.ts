export { CHANGES_TOPIC, publishChanges } from './publishChanges';
export { Topics } from './Topics';
