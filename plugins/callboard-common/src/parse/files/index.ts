export { parseAppFile } from './parseAppFile';
export { parsePlatformFiles } from './parsePlatformFiles';
