export { describeDrift } from './describeDrift';
export { renderBlueprint } from './renderBlueprint';
export { resolveBlueprint } from './resolveBlueprint';
export type { ResolvedAddon, ResolvedBlueprint } from './types';
