export { checkPlatformFiles } from './checkPlatformFiles';
