export { CHANGES_TOPIC, portalEvents } from './portalEvents';
export { PageSignals } from './PageSignals';
export { publishChanges } from './publishChanges';
export { Topics } from './Topics';
