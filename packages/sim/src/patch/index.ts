export { applyJsonPatch } from './applyJsonPatch';
export { applyMergePatch } from './applyMergePatch';
export { applyStrategicPatch } from './applyStrategicPatch';
