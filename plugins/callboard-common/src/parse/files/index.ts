export { parseAppFile } from './parseAppFile';
export {
  parsePlatformFiles,
  readPlatformDocuments,
} from './parsePlatformFiles';
