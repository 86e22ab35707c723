export { applyPatches } from './applyPatches';
export { findOverrideFaults } from './findOverrideFaults';
export { findUnallowed } from './findUnallowed';
export { overrideApp } from './overrideApp';
export type { AppOverrides, SoundWorkload } from './types';
export { unknownName } from './unknownName';
export { mergeAmounts, withAmounts } from './withAmounts';
