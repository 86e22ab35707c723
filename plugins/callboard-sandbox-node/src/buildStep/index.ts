export { FolderCache } from './FolderCache';
export { type BuildStep, planBuildStep } from './planBuildStep';
export { type BuildStepInput, runBuildStep } from './runBuildStep';
